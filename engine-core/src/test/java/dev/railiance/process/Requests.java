package dev.railiance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
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
        var environment = new HashMap<>(request.environment());
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
        return matching("environ", text).size();
    }

    /** The contents of that file of /proc for each process where it holds {@code text}. */
    static List<String> matching(String file, String text) {
        try (var entries = Files.list(Path.of("/proc"))) {
            return entries.map(entry -> {
                        try {
                            return Files.readString(entry.resolve(file), StandardCharsets.ISO_8859_1);
                        } catch (IOException e) {
                            return "";
                        }
                    })
                    .filter(content -> content.contains(text))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
