package dev.railiance.ledger.h2;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JVM of its own, on the class path of this one. */
public record Child(Process process, BufferedReader out) implements AutoCloseable {

    public static Child start(Class<?> main, Object... arguments) throws IOException {
        return start(Map.of(), main, arguments);
    }

    /** With these variables besides those of this process. */
    public static Child start(Map<String, String> environment, Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        return new Child(process, process.inputReader(StandardCharsets.UTF_8));
    }

    /** Tells it to go on, if it waits for a line. */
    public void goOn() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** The rest of what it says; waits for its end. */
    public List<String> rest() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    /** Sends SIGKILL. Through the handle, since the process itself would throw away what it has said. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** The same, and waits until it is gone. */
    @Override
    public void close() {
        kill();
        process.onExit().join();
    }
}
