package dev.railiance.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningAProcessTest {

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    private ProcessOutcome run(ProcessRequest request) {
        return processes.run(request, new Cancellation());
    }

    private ProcessOutcome.Exited exited(ProcessRequest request) {
        return assertInstanceOf(ProcessOutcome.Exited.class, run(request));
    }

    @Test
    void keepsTheStreamsApart() throws IOException {
        var outcome = exited(Requests.shell(directory, "echo out; echo err >&2; exit 3"));
        assertEquals(3, outcome.code());
        assertEquals("out\n", outcome.stdout().text());
        assertEquals("err\n", outcome.stderr().text());
        assertFalse(outcome.duration().isNegative());
    }

    @Test
    void givesTheProcessNothingButTheEnvironmentOfTheRequest() {
        var request = new ProcessRequest(
                List.of("env"),
                directory,
                Map.of("PATH", "/usr/bin:/bin", "ONLY", "value with ü"),
                Duration.ofSeconds(10),
                Duration.ZERO,
                1 << 16,
                OutputSink.NONE);
        List<String> names = exited(request)
                .stdout()
                .text()
                .lines()
                .map(line -> line.substring(0, line.indexOf('=')))
                .sorted()
                .toList();
        assertEquals(List.of("ONLY", "PATH", TreeMarker.VARIABLE), names);
    }

    @Test
    void runsInTheDirectoryWithAnEmptyInput() throws IOException {
        var outcome = exited(Requests.shell(directory, "pwd -P; cat; echo end"));
        assertEquals(directory.toRealPath() + "\nend\n", outcome.stdout().text());
    }

    @Test
    void passesArgumentsUntouched() {
        var outcome = exited(Requests.of(directory, "printf", "%s|", "a b", "", "$HOME", "*", "'\"", "ü\n"));
        assertEquals("a b||$HOME|*|'\"|ü\n|", outcome.stdout().text());
    }

    @Test
    void reportsAnExitCodeThatLooksLikeASignalAndASignal() throws IOException {
        assertEquals(137, exited(Requests.shell(directory, "exit 137")).code());
        assertEquals(137, exited(Requests.shell(directory, "kill -9 $$")).code());
        assertEquals(143, exited(Requests.shell(directory, "kill -15 $$")).code());
    }

    @Test
    void drainsAFloodOfAGigabyteWithoutKeepingIt() {
        AtomicLong seen = new AtomicLong();
        System.gc();
        long before = used();
        var request = Requests.with(
                Requests.of(directory, Duration.ofSeconds(60), "head", "-c", "1000000000", "/dev/zero"),
                (stream, bytes, length) -> seen.addAndGet(length));
        var outcome = exited(request);
        assertEquals(0, outcome.code());
        assertEquals(4096, outcome.stdout().length());
        assertEquals(1_000_000_000L, seen.get());
        System.gc();
        assertTrue(used() - before < 32L << 20, "the flood stayed in the heap");
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void deliversTenThousandInterleavedLinesCompletely() throws IOException {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var request = Requests.with(
                Requests.shell(directory, "i=0; while [ $i -lt 10000 ]; do echo o$i; echo e$i >&2; i=$((i+1)); done"),
                (stream, bytes, length) -> (stream == OutputSink.Stream.STDOUT ? out : err).write(bytes, 0, length));
        assertEquals(0, exited(request).code());
        assertEquals(lines("o"), out.toString(StandardCharsets.UTF_8));
        assertEquals(lines("e"), err.toString(StandardCharsets.UTF_8));
    }

    private static String lines(String prefix) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            lines.append(prefix).append(i).append('\n');
        }
        return lines.toString();
    }

    @Test
    void keepsBinaryOutputByteForByte() throws IOException {
        byte[] noise = new byte[4000];
        new java.util.Random(7).nextBytes(noise);
        Files.write(directory.resolve("noise"), noise);
        assertArrayEquals(
                noise, exited(Requests.of(directory, "cat", "noise")).stdout().bytes());
    }

    @Test
    void survivesASinkThatThrows() throws IOException {
        var request = Requests.with(Requests.shell(directory, "echo one; sleep 0.05; echo two"), (s, b, l) -> {
            throw new IllegalStateException("full");
        });
        assertEquals("one\ntwo\n", exited(request).stdout().text());
    }

    @Test
    void survivesASinkThatNeverReturns() {
        var never = new CountDownLatch(1);
        var request =
                Requests.with(Requests.of(directory, "head", "-c", "1000000", "/dev/zero"), (stream, bytes, length) -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        var outcome = exited(request);
        assertEquals(0, outcome.code());
        assertTrue(outcome.duration().toSeconds() < 6);
        never.countDown();
    }

    @Test
    void saysWhyAProcessNeverRan() throws IOException {
        Files.writeString(directory.resolve("plain"), "echo hi\n");
        assertEquals(ProcessOutcome.Reason.NOT_FOUND, reason(Requests.of(directory, "no-such-program")));
        assertEquals(ProcessOutcome.Reason.NOT_FOUND, reason(Requests.of(directory, "./no-such-program")));
        assertEquals(ProcessOutcome.Reason.NOT_FOUND, reason(Requests.of(directory, "")));
        assertEquals(ProcessOutcome.Reason.NOT_EXECUTABLE, reason(Requests.of(directory, "./plain")));
        assertEquals(ProcessOutcome.Reason.NOT_EXECUTABLE, reason(Requests.of(directory, "/")));
        assertEquals(ProcessOutcome.Reason.NO_DIRECTORY, reason(Requests.of(directory.resolve("missing"), "true")));
        assertEquals(ProcessOutcome.Reason.NO_DIRECTORY, reason(Requests.of(directory.resolve("plain"), "true")));
        assertEquals(ProcessOutcome.Reason.REFUSED, reason(Requests.of(directory, "echo", "a\0b")));
        assertEquals(ProcessOutcome.Reason.REFUSED, reason(Requests.of(directory, "echo", "a".repeat(1 << 22))));
    }

    private ProcessOutcome.Reason reason(ProcessRequest request) {
        return assertInstanceOf(ProcessOutcome.NotStarted.class, run(request)).reason();
    }

    @Test
    void looksForTheProgramOnThePathOfTheRequest() throws IOException {
        Path tools = Files.createDirectory(directory.resolve("tools"));
        Path tool = Files.writeString(tools.resolve("own-tool"), "#!/bin/sh\necho found\n");
        assertTrue(tool.toFile().setExecutable(true));
        var request = new ProcessRequest(
                List.of("own-tool"),
                directory,
                Map.of("PATH", "tools:/usr/bin:/bin"),
                Duration.ofSeconds(5),
                Duration.ZERO,
                100,
                OutputSink.NONE);
        assertEquals("found\n", exited(request).stdout().text());
    }

    @Test
    void doesNotStartAnythingOnceCancelledOrClosed() throws IOException {
        var cancelled = new Cancellation();
        cancelled.cancel();
        var request = Requests.shell(directory, "touch ran");
        assertInstanceOf(ProcessOutcome.Cancelled.class, processes.run(request, cancelled));
        processes.close();
        assertInstanceOf(ProcessOutcome.Cancelled.class, run(request));
        try (RunningProcess running = processes.start(request)) {
            assertInstanceOf(ProcessOutcome.Cancelled.class, running.outcome().orElseThrow());
        }
        assertFalse(Files.exists(directory.resolve("ran")));
    }

    @Test
    void isNotDisturbedByACancellationAfterTheEnd() throws IOException {
        var cancellation = new Cancellation();
        var outcome = processes.run(Requests.shell(directory, "exit 4"), cancellation);
        cancellation.cancel();
        assertEquals(4, assertInstanceOf(ProcessOutcome.Exited.class, outcome).code());
    }
}
