package dev.railiance.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that do not want to end, and what is left of them. */
class StoppingATreeTest {

    private static final Duration SHORT = Duration.ofMillis(400);

    @TempDir
    Path directory;

    private final String tag = "tag-" + UUID.randomUUID();
    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void nothingIsLeft() {
        processes.close();
        assertEquals(0, Requests.alive(tag));
    }

    private ProcessRequest shell(Duration limit, String script) throws IOException {
        return Requests.tagged(Requests.shell(directory, limit, script), tag);
    }

    private <T extends ProcessOutcome> T run(Class<T> expected, ProcessRequest request) {
        T outcome = assertInstanceOf(expected, processes.run(request, new Cancellation()));
        assertEquals(0, Requests.alive(tag), "something is left");
        return outcome;
    }

    @Test
    void aProcessThatNeverEndsMeetsItsTimeLimit() throws IOException {
        var outcome = run(ProcessOutcome.TimedOut.class, shell(SHORT, "sleep 1000"));
        assertEquals(SHORT, outcome.limit());
    }

    @Test
    void aProcessThatIgnoresSigtermIsKilledAfterTheGrace() throws IOException {
        String script = "trap '' TERM INT HUP; while :; do sleep 0.05; done";
        assertTimeout(Duration.ofSeconds(3), () -> run(ProcessOutcome.TimedOut.class, shell(SHORT, script)));
    }

    @Test
    void aProcessThatObeysSigtermMayCleanUp() throws IOException {
        String script = "trap 'echo bye > bye; exit 0' TERM; while :; do sleep 0.02; done";
        run(ProcessOutcome.TimedOut.class, shell(SHORT, script));
        assertTrue(Files.exists(directory.resolve("bye")));
    }

    @Test
    void aProcessThatClosesItsStreamsIsStillWaitedFor() throws IOException {
        var outcome = run(
                ProcessOutcome.Exited.class,
                shell(Duration.ofSeconds(10), "exec >/dev/null 2>&1 <&-; sleep 0.3; exit 5"));
        assertEquals(5, outcome.code());
    }

    @Test
    void aDaemonThatLeftTheTreeIsStoppedWhenItsStarterEnds() throws IOException {
        String script = "setsid sh -c 'setsid sh -c \"touch up; sleep 1000\" >/dev/null 2>&1 &' &"
                + " while [ ! -e up ]; do sleep 0.01; done; exit 0";
        var outcome = run(ProcessOutcome.Exited.class, shell(Duration.ofSeconds(10), script));
        assertEquals(0, outcome.code());
    }

    @Test
    void aDaemonThatIgnoresSigtermIsStoppedWithItsTimedOutStarter() throws IOException {
        String script = "setsid sh -c 'trap \"\" TERM; while :; do sleep 0.1; done' >/dev/null 2>&1 & sleep 1000";
        run(ProcessOutcome.TimedOut.class, shell(SHORT, script));
    }

    @Test
    void aGrandchildThatHoldsThePipeDoesNotDelayTheEnd() throws IOException {
        assertTimeout(Duration.ofSeconds(2), () -> {
            var outcome = run(
                    ProcessOutcome.Exited.class, shell(Duration.ofSeconds(10), "sleep 1000 & echo started; exit 0"));
            assertEquals("started\n", outcome.stdout().text());
        });
    }

    @Test
    void aTreeOfTwentyIsStoppedAltogether() throws Exception {
        String script = "for i in 1 2 3 4; do sh -c 'for j in 1 2 3 4; do sleep 1000 & done; wait' & done; wait";
        var cancellation = new Cancellation();
        var canceller = Thread.ofPlatform().start(() -> {
            try {
                Requests.await("twenty are up", Duration.ofSeconds(10), () -> Requests.alive(tag) >= 21);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                cancellation.cancel();
            }
        });
        var outcome = processes.run(shell(Duration.ofSeconds(20), script), cancellation);
        assertInstanceOf(ProcessOutcome.Cancelled.class, outcome);
        canceller.join();
    }

    @Test
    void aProcessThatForksWithoutEndIsOutrun() throws IOException {
        run(ProcessOutcome.TimedOut.class, shell(SHORT, "trap '' TERM; while :; do sleep 1000 & sleep 0.005; done"));
    }

    @Test
    void aProcessThatFleesFromChildToChildIsOutrun() throws Exception {
        // Every generation starts the next one in a session of its own and ends.
        String flight = "trap '' TERM; echo >> generations; setsid sh flight.sh >/dev/null 2>&1 & exit 0";
        Files.writeString(directory.resolve("flight.sh"), flight);
        String script = "sh flight.sh; while [ $(wc -l < generations) -lt 30 ]; do sleep 0.01; done";
        assertTimeout(
                Duration.ofSeconds(8), () -> run(ProcessOutcome.Exited.class, shell(Duration.ofSeconds(10), script)));
        assertTrue(Files.size(directory.resolve("generations")) >= 30);
    }

    @Test
    void aChildWithoutTheMarkerIsKnownByDescent() throws Exception {
        String script = "env -i TEST_TAG=$TEST_TAG sleep 1000 & wait";
        run(ProcessOutcome.TimedOut.class, shell(SHORT, script));
    }

    @Test
    void stoppingARunningProcessReturnsWhenNothingIsLeft() throws Exception {
        RunningProcess running = processes.start(shell(
                Duration.ofSeconds(20), "trap '' TERM; setsid sleep 1000 & touch up; while :; do sleep 0.05; done"));
        Requests.await("it is up", Duration.ofSeconds(5), () -> Files.exists(directory.resolve("up")));
        assertTrue(running.outcome().isEmpty());
        running.stop();
        assertEquals(0, Requests.alive(tag));
        assertInstanceOf(ProcessOutcome.Cancelled.class, running.outcome().orElseThrow());
        running.stop();
    }

    @Test
    void aRunningProcessTellsThatItEndedByItself() throws Exception {
        RunningProcess running = processes.start(shell(Duration.ofSeconds(20), "exit 6"));
        Requests.await(
                "it ended", Duration.ofSeconds(5), () -> running.outcome().isPresent());
        assertEquals(
                6,
                assertInstanceOf(ProcessOutcome.Exited.class, running.outcome().orElseThrow())
                        .code());
    }

    @Test
    void aRunningProcessMeetsItsTimeLimitToo() throws Exception {
        RunningProcess running = processes.start(shell(SHORT, "sleep 1000"));
        Requests.await(
                "it ended", Duration.ofSeconds(5), () -> running.outcome().isPresent());
        assertInstanceOf(ProcessOutcome.TimedOut.class, running.outcome().orElseThrow());
    }

    @Test
    void closingEndsEverythingWithinTwoSeconds() throws Exception {
        String script = "trap '' TERM INT HUP; setsid sh -c 'trap \"\" TERM; while :; do sleep 0.1; done' &"
                + " while :; do sleep 0.1; done";
        ProcessRequest request = withGrace(shell(Duration.ofSeconds(60), script), Duration.ofSeconds(30));
        for (int i = 0; i < 5; i++) {
            var unused = processes.start(request);
        }
        Requests.await("they are up", Duration.ofSeconds(5), () -> Requests.alive(tag) >= 10);
        assertTimeout(Duration.ofSeconds(2), processes::close);
        assertEquals(0, Requests.alive(tag));
    }

    @Test
    void closingShortensAStopUnderWay() throws Exception {
        ProcessRequest request = withGrace(
                shell(Duration.ofSeconds(60), "trap '' TERM; touch up; while :; do sleep 0.1; done"),
                Duration.ofSeconds(30));
        RunningProcess running = processes.start(request);
        Requests.await("it is up", Duration.ofSeconds(5), () -> Files.exists(directory.resolve("up")));
        Thread stopping = Thread.ofPlatform().start(running::stop);
        assertTimeout(Duration.ofSeconds(2), processes::close);
        stopping.join(Duration.ofSeconds(1));
    }

    @Test
    void anInterruptCancelsAndStaysSet() throws Exception {
        Thread caller = Thread.currentThread();
        var interrupter = Thread.ofPlatform().start(() -> {
            try {
                Requests.await("it is up", Duration.ofSeconds(5), () -> Files.exists(directory.resolve("up")));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            caller.interrupt();
        });
        ProcessOutcome outcome =
                processes.run(shell(Duration.ofSeconds(20), "touch up; sleep 1000"), new Cancellation());
        assertTrue(Thread.interrupted());
        assertInstanceOf(ProcessOutcome.Cancelled.class, outcome);
        interrupter.join();
    }

    private static ProcessRequest withGrace(ProcessRequest request, Duration grace) {
        return new ProcessRequest(
                request.argv(),
                request.directory(),
                request.environment(),
                request.timeLimit(),
                grace,
                request.capture(),
                request.output());
    }
}
