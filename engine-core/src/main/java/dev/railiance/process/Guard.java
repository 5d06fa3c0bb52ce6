package dev.railiance.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small shell process beside this JVM that outlives its violent death. It waits at the end of a pipe; when the pipe
 * closes without a farewell it kills every process that carries the marker, then ends.
 */
final class Guard implements AutoCloseable {

    private static final Path SHELL = Path.of("/bin/sh");
    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

    private final String marker;
    private @Nullable Process process;

    Guard(String marker) {
        this.marker = marker;
    }

    /** Starts the guard unless it runs. Does nothing where there is no shell or no /proc to search. */
    synchronized void ensureRunning() {
        if (!ProcFiles.AVAILABLE || !Files.isExecutable(SHELL) || (process != null && process.isAlive())) {
            return;
        }
        try {
            process = start();
        } catch (IOException e) {
            // The system has no room for a process: the child that is to be guarded will not start either.
            process = null;
        }
    }

    private Process start() throws IOException {
        String path = System.getenv().getOrDefault("PATH", USUAL_PATH) + ":" + USUAL_PATH;
        List<String> argv = new ArrayList<>();
        // In a session of its own it survives a kill of this JVM's whole process group.
        ProgramLookup.onPath("setsid", path, Path.of("/")).ifPresent(setsid -> argv.add(setsid.toString()));
        argv.addAll(List.of(SHELL.toString(), "-c", script(), "railiance-guard", marker));
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(Path.of("/").toFile())
                // It must hold neither a terminal nor a pipe that somebody else reads to its end.
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    private static String script() {
        try (InputStream in = Guard.class.getResourceAsStream("guard.sh")) {
            if (in == null) {
                throw new IllegalStateException("guard.sh is not beside its class");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells the guard that nothing is left to do. */
    @Override
    public synchronized void close() {
        if (process == null) {
            return;
        }
        try (OutputStream pipe = process.getOutputStream()) {
            pipe.write("farewell\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // It has ended already.
        }
        process = null;
    }

    /** Lets the guard kill what is left: closes the pipe without a farewell. */
    synchronized void alarm() {
        if (process == null) {
            return;
        }
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already.
        }
        process = null;
    }
}
