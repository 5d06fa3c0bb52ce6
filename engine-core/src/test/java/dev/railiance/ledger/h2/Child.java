package dev.railiance.ledger.h2;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own, on the class path of this one. */
record Child(Process process, BufferedReader out) implements AutoCloseable {

    static Child start(Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new Child(process, process.inputReader(StandardCharsets.UTF_8));
    }

    /** The rest of what it says; waits for its end. */
    List<String> rest() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    /** Sends SIGKILL. Through the handle, since the process itself would throw away what it has said. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    /** The same, and waits until it is gone. */
    @Override
    public void close() {
        kill();
        process.onExit().join();
    }
}
