package dev.railiance.stage1;

import static dev.railiance.stage1.Validations.MINUTE;
import static dev.railiance.stage1.Validations.http;
import static dev.railiance.stage1.Validations.shell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.contract.Check;
import dev.railiance.contract.DeclaredCommand;
import dev.railiance.contract.DeclaredTarget;
import dev.railiance.contract.Stage1;
import dev.railiance.http.RawServer;
import dev.railiance.promotion.Step;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C at any moment: everything stops within the two seconds that there are, with a second left for recording it. */
class CancellationTest {

    private static final String STUBBORN = "trap '' TERM; echo $$ > pid; touch begun; while :; do sleep 1; done";

    @TempDir
    Path directory;

    private Validations validations;

    @BeforeEach
    void open() {
        validations = new Validations(directory);
    }

    @AfterEach
    void close() {
        validations.close();
    }

    /** Cancels when the file "begun" is there; the report's last step must be the interrupted one. */
    private void assertStopsIn(String step, Stage1 stage1) throws Exception {
        long[] cancelled = {0};
        Thread canceller = Thread.ofPlatform().start(() -> {
            while (!Files.exists(directory.resolve("begun"))) {
                sleep(10);
            }
            sleep(100);
            cancelled[0] = System.nanoTime();
            validations.cancellation.cancel();
        });
        ValidationReport report = validations.validate(stage1);
        canceller.join();
        long millis = (System.nanoTime() - cancelled[0]) / 1_000_000;
        assertTrue(millis < 1900, "took " + millis + " ms");
        Step last = report.steps().getLast();
        assertEquals(
                step + " ERRORED interrupted",
                last.name() + " " + last.verdict() + " " + last.reason().orElse(""));
        assertEquals(Verdict.ERRORED, report.verdict());
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() throws IOException {
        assertFalse(Files.exists(directory.resolve("pid")) && validations.lives("pid"));
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stage1 stage(List<DeclaredCommand> commands, Optional<DeclaredTarget> target, Check... checks) {
        return new Stage1(commands, target, List.of(checks), List.of("**"));
    }

    private static Optional<DeclaredTarget> target(String script, Check ready, Optional<DeclaredCommand> stop) {
        return Optional.of(new DeclaredTarget(shell(script), ready, MINUTE, Duration.ofMillis(20), stop, MINUTE));
    }

    @Test
    void beforeTheFirstStep() {
        validations.cancellation.cancel();
        ValidationReport report = validations.commands(shell("touch ran"));
        assertEquals(List.of("prerequisites ERRORED"), Validations.told(report));
        assertFalse(Files.exists(directory.resolve("ran")));
    }

    @Test
    void whileACommandRuns() throws Exception {
        assertStopsIn("script", stage(List.of(shell(STUBBORN), shell("exit 0")), Optional.empty()));
    }

    @Test
    void whileTheTargetIsAwaitedAlsoInALongPause() throws Exception {
        var target = new DeclaredTarget(
                shell(STUBBORN), Validations.file("never"), MINUTE, MINUTE, Optional.empty(), MINUTE);
        assertStopsIn("start target", stage(List.of(), Optional.of(target)));
    }

    @Test
    void whileReadinessHangs() throws Exception {
        Check ready = new Check.Command("ready", MINUTE, false, shell("test -e begun && exec sleep 300"), 0);
        assertStopsIn("start target", stage(List.of(), target(STUBBORN, ready, Optional.empty())));
    }

    @Test
    void whileAnHttpCheckHangs() throws Exception {
        try (var server = new RawServer((socket, out) -> Thread.sleep(60_000))) {
            Check.Http hanging = new Check.Http(
                    "hanging", MINUTE, false, server.url(), "GET", 200, Optional.empty(), Optional.empty());
            assertStopsIn(
                    "hanging",
                    stage(
                            List.of(),
                            target(STUBBORN, Validations.file("begun"), Optional.empty()),
                            hanging,
                            http(server.url())));
        }
    }

    @Test
    void whileACommandCheckRuns() throws Exception {
        Check check = new Check.Command("check", MINUTE, false, shell(STUBBORN), 0);
        assertStopsIn("check", stage(List.of(), Optional.empty(), check));
    }

    @Test
    void whileTheTargetIsBeingStopped() throws Exception {
        assertStopsIn(
                "stop target",
                stage(
                        List.of(),
                        target(
                                "echo $$ > pid; trap 'touch begun' TERM; touch ready; while :; do sleep 0.1; done",
                                Validations.file("ready"),
                                Optional.empty())));
    }

    @Test
    void whileAStopCommandHangs() throws Exception {
        assertStopsIn(
                "stop target",
                stage(
                        List.of(),
                        target(
                                "echo $$ > pid; touch ready; exec sleep 300",
                                Validations.file("ready"),
                                Optional.of(shell("touch begun; exec sleep 300")))));
    }

    @Test
    void whileEvidenceIsCollected() throws Exception {
        var evidence = new Evidence(
                new Repository(Path.of("/dev").toRealPath()),
                new Evidence.Limits(9, 9, Long.MAX_VALUE, MINUTE),
                validations.cancellation);
        Thread.ofPlatform().start(() -> {
            sleep(200);
            validations.cancellation.cancel();
        });
        assertEquals(Finding.INTERRUPTED, evidence.hashing(Path.of("/dev/zero")).finding());
    }

    @Test
    void anInterruptOfTheThreadIsACancellation() {
        Duration limit = Duration.ofSeconds(5);
        Thread here = Thread.currentThread();
        Thread.ofPlatform().start(() -> {
            sleep(200);
            here.interrupt();
        });
        long begun = System.nanoTime();
        ValidationReport report =
                validations.target(Validations.target(shell("exec sleep 300"), Validations.file("never"), limit));
        assertTrue(Thread.interrupted());
        assertEquals("interrupted", Validations.lastReason(report));
        assertTrue(System.nanoTime() - begun < limit.toNanos());
    }
}
