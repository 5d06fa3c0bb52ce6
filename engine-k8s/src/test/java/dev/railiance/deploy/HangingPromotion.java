package dev.railiance.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A promotion to production in a process of its own, which can be stopped like one that hangs, and let go on. */
final class HangingPromotion implements AutoCloseable {

    private final Process process;

    HangingPromotion(Production production, DemoRepository repository) throws IOException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DeployingChild.class.getName(),
                repository.directory().toString(),
                production.ledger().toString(),
                "0",
                "promote");
        builder.environment().putAll(production.tools());
        process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** Stops it at a moment when it does not hold the ledger's file: then nobody could tell that it has been given up. */
    void stop() throws IOException, InterruptedException {
        for (int tries = 0; tries < 50; tries++) {
            signal("STOP");
            if (!holdsAFile()) {
                return;
            }
            signal("CONT");
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError("it always holds the ledger");
    }

    /** Lets it go on to its end; what it said. */
    String goOn() throws IOException, InterruptedException {
        signal("CONT");
        assertTrue(process.waitFor(90, TimeUnit.SECONDS), "it did not end");
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** As by {@code kill -9}; its tools are ended by what watches over them. */
    void die() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private boolean holdsAFile() throws IOException {
        return Files.readString(Path.of("/proc/locks"))
                .lines()
                .anyMatch(line ->
                        line.contains("POSIX") && List.of(line.split("\\s+")).contains(Long.toString(process.pid())));
    }

    private void signal(String name) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertEquals(0, kill.waitFor(), "kill -" + name);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
