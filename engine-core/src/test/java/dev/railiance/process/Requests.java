package dev.railiance.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Requests for the hostile programs of these tests. */
final class Requests {

    static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "LC_ALL", "C");

    private Requests() {}

    static ProcessRequest of(Path directory, Duration limit, String... argv) {
        return new ProcessRequest(
                List.of(argv), directory, ENVIRONMENT, limit, Duration.ofMillis(300), 4096, OutputSink.NONE);
    }

    static ProcessRequest of(Path directory, String... argv) {
        return of(directory, Duration.ofSeconds(20), argv);
    }

    static ProcessRequest shell(Path directory, String script) throws IOException {
        return shell(directory, Duration.ofSeconds(20), script);
    }

    static ProcessRequest shell(Path directory, Duration limit, String script) throws IOException {
        Path file = directory.resolve("script.sh");
        Files.writeString(file, script);
        return of(directory, limit, "sh", file.toString());
    }

    static ProcessRequest with(ProcessRequest request, OutputSink sink) {
        return new ProcessRequest(
                request.argv(),
                request.directory(),
                request.environment(),
                request.timeLimit(),
                request.grace(),
                request.capture(),
                sink);
    }

    /** A variable with which a test finds what its own programs have left, whatever the code under test thinks. */
    static ProcessRequest tagged(ProcessRequest request, String tag) {
        var environment = new java.util.HashMap<>(request.environment());
        environment.put("TEST_TAG", tag);
        return new ProcessRequest(
                request.argv(),
                request.directory(),
                environment,
                request.timeLimit(),
                request.grace(),
                request.capture(),
                request.output());
    }

    /** How many processes have {@code text} in their environment. */
    static long alive(String text) {
        try (var entries = Files.list(Path.of("/proc"))) {
            return entries.filter(entry -> {
                        try {
                            return Files.readString(
                                            entry.resolve("environ"), java.nio.charset.StandardCharsets.ISO_8859_1)
                                    .contains(text);
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static void await(String what, Duration limit, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + limit + ": " + what);
            }
            Thread.sleep(5);
        }
    }
}
