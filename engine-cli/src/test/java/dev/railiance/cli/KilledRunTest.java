package dev.railiance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.PromotionEngine;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.StatusRow;
import dev.railiance.projection.AuditTrail;
import dev.railiance.projection.Query;
import dev.railiance.promotion.PromotionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills {@code railiance run} with SIGKILL at random moments. A few times in every build; {@code -Dkills=100} for more,
 * {@code -Dkills.seed=N} to repeat a series.
 */
class KilledRunTest {

    private static final int KILLS = Integer.getInteger("kills", 8);
    private static final long SEED = Long.getLong("kills.seed", System.nanoTime());

    @TempDir
    Path repository;

    /** In the command line of every process that the contract starts. */
    private final String marker = "railiance-test-" + UUID.randomUUID();

    private final Map<String, List<AuditTrail.Entry>> seen = new HashMap<>();

    @Test
    void nothingAcknowledgedIsLostAndNoChildIsLeftWhereverARunIsKilled() throws IOException, InterruptedException {
        writeContract();
        long whole = undisturbed();
        Random random = new Random(SEED);
        int interrupted = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process run = run();
            if (!run.waitFor((long) (random.nextDouble() * whole), TimeUnit.MILLISECONDS)) {
                interrupted++;
            }
            run.toHandle().destroyForcibly(); // not through Process, which would close what it printed
            run.waitFor();
            checkNoChildIsLeft();
            checkLedger(run);
        }
        System.out.printf(
                "kills=%d of which while it ran %d, run takes %d ms, seed %d%n", KILLS, interrupted, whole, SEED);
        undisturbed();
    }

    private long undisturbed() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process run = run();
        assertTrue(run.waitFor(60, TimeUnit.SECONDS), "the run ends");
        assertEquals(0, run.exitValue());
        checkLedger(run);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private Process run() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.railiance.cli.Railiance",
                        "run",
                        "--repo",
                        repository.toString(),
                        "--quiet",
                        "-o",
                        "json")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Every event that was ever seen, and every outcome that a run printed, is in the ledger, unchanged. */
    private void checkLedger(Process run) throws IOException {
        String printed = new String(run.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try (PromotionEngine engine = PromotionEngine.open(LedgerLocation.of(repository))) {
            List<StatusRow> rows = done(engine.query(Query.statuses(1000)));
            for (StatusRow row : rows) {
                List<AuditTrail.Entry> now = trail(engine, row.promotion());
                List<AuditTrail.Entry> before =
                        seen.getOrDefault(row.promotion().value(), List.of());
                assertEquals(before, now.subList(0, before.size()), "events seen before are there, unchanged");
                seen.put(row.promotion().value(), now);
            }
            assertEquals(seen.size(), rows.size(), "no promotion is lost");
        }
        if (printed.endsWith("}\n")) {
            boolean acknowledged = seen.values().stream()
                    .flatMap(List::stream)
                    .anyMatch(entry -> entry.type().startsWith("promotion.validated")
                            && printed.contains(entry.data().path("attempt").asText()));
            assertTrue(acknowledged, "a result that was printed is in the ledger");
        }
    }

    private static List<AuditTrail.Entry> trail(PromotionEngine engine, PromotionId promotion) {
        return done(engine.query(Query.trail(promotion))).events();
    }

    private void checkNoChildIsLeft() throws InterruptedException {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        List<Long> left = children();
        while (!left.isEmpty() && System.nanoTime() < patience) {
            TimeUnit.MILLISECONDS.sleep(20);
            left = children();
        }
        assertEquals(List.of(), left, "no process of the killed run is left");
    }

    private List<Long> children() {
        var found = new ArrayList<Long>();
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(marker))
                .filter(process -> !process.info().commandLine().orElse("").contains("dev.railiance.cli"))
                .forEach(process -> found.add(process.pid()));
        return found;
    }

    /** A command that leaves children of children, and a target that is ready at once. */
    private void writeContract() throws IOException {
        Files.createDirectories(repository.resolve("railiance"));
        Files.writeString(repository.resolve("railiance/app.toml"), """
                schema = "railiance.app.v1"
                [app]
                name = "shop"
                [owner]
                team = "web"
                [[stage1.commands]]
                name = "family"
                argv = ["sh", "-c", "rm -f target-is-up; (sh -c 'sleep 300 # MARKER' & sleep 0.2) & sleep 0.3", "MARKER"]
                [stage1.target]
                argv = ["sh", "-c", "setsid sh -c 'sleep 300 # MARKER' & touch target-is-up; sleep 300", "MARKER"]
                ready = { kind = "file", path = "target-is-up" }
                [[stage1.checks]]
                name = "a moment"
                kind = "command"
                argv = ["sh", "-c", "sleep 0.2", "MARKER"]
                """.replace("MARKER", marker));
    }

    private static <T> T done(Outcome<T> outcome) {
        @SuppressWarnings("unchecked")
        Outcome.Done<T> done = assertInstanceOf(Outcome.Done.class, outcome);
        return done.value();
    }
}
