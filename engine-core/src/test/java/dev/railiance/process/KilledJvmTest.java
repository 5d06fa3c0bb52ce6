package dev.railiance.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a tree when the JVM that started it is killed, or ends without closing. */
class KilledJvmTest {

    @TempDir
    Path directory;

    private final String tag = "tag-" + UUID.randomUUID();

    /** Runs in a JVM of its own: one tree of many, some of which ignore SIGTERM or have left it. */
    static final class Victim {

        private Victim() {}

        public static void main(String[] args) throws IOException {
            Path directory = Path.of(args[0]);
            String script = "trap '' TERM; for i in 1 2 3; do sh -c 'sleep 1000 & sleep 1000 & wait' & done;"
                    + " setsid sh -c 'trap \"\" TERM HUP; while :; do sleep 0.05; done' >/dev/null 2>&1 &"
                    + " touch up; while :; do sleep 0.05; done";
            if (args[2].equals("flight")) {
                Files.writeString(
                        directory.resolve("flight.sh"),
                        "echo >> generations; setsid sh flight.sh >/dev/null 2>&1 & exit 0");
                script = "sh flight.sh; sleep 1000";
            }
            ProcessTrees processes = ProcessTrees.open();
            if (args[2].equals("hook")) {
                Runtime.getRuntime().addShutdownHook(new Thread(processes::close));
            }
            var unused =
                    processes.start(Requests.tagged(Requests.shell(directory, Duration.ofMinutes(5), script), args[1]));
            try {
                Thread.sleep(Duration.ofMinutes(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Process victim(String mode) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Victim.class.getName(),
                        directory.toString(),
                        tag,
                        mode)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("victim.log").toFile())
                .start();
    }

    @Test
    void killingTheJvmLeavesNothingOfTheTree() throws Exception {
        Process jvm = victim("plain");
        Requests.await("the tree is up", Duration.ofSeconds(20), () -> Requests.alive(tag) >= 10);
        String identity = identityIn(Requests.matching("environ", tag).getFirst());
        assertEquals(1, guards(identity));
        jvm.destroyForcibly().waitFor();
        Requests.await("nothing is left", Duration.ofSeconds(10), () -> Requests.alive(tag) == 0);
        Requests.await("the guard has ended", Duration.ofSeconds(10), () -> guards(identity) == 0);
    }

    @Test
    void killingTheJvmWhileTheTreeIsStartingLeavesNothing() throws Exception {
        Process jvm = victim("plain");
        Requests.await("something has started", Duration.ofSeconds(20), () -> Requests.alive(tag) >= 1);
        String identity = identityIn(Requests.matching("environ", tag).getFirst());
        assertEquals(1, guards(identity));
        jvm.destroyForcibly().waitFor();
        Requests.await("nothing is left", Duration.ofSeconds(10), () -> Requests.alive(tag) == 0);
        Requests.await("the guard has ended", Duration.ofSeconds(10), () -> guards(identity) == 0);
        assertEquals(0, Requests.alive(tag));
    }

    @Test
    void killingTheJvmEndsAProcessThatFleesFromChildToChild() throws Exception {
        Process jvm = victim("flight");
        Path generations = directory.resolve("generations");
        Requests.await(
                "it flees", Duration.ofSeconds(20), () -> generations.toFile().length() >= 30);
        String identity = identityIn(Requests.matching("environ", tag).getFirst());
        jvm.destroyForcibly().waitFor();
        Requests.await("the guard has ended", Duration.ofSeconds(20), () -> guards(identity) == 0);
        // One look may miss a process that flees.
        for (int look = 0; look < 50; look++) {
            assertEquals(0, Requests.alive(tag));
        }
    }

    @Test
    void aShutdownHookThatClosesEndsEverythingWithinTwoSeconds() throws Exception {
        Process jvm = victim("hook");
        Requests.await("the tree is up", Duration.ofSeconds(20), () -> Requests.alive(tag) >= 10);
        String identity = identityIn(Requests.matching("environ", tag).getFirst());
        jvm.destroy();
        assertTrue(jvm.waitFor(2, TimeUnit.SECONDS), "the JVM took longer");
        assertEquals(0, Requests.alive(tag));
        Requests.await("the guard has ended", Duration.ofSeconds(2), () -> guards(identity) == 0);
    }

    @Test
    void theGuardEndsQuietlyWhenAllIsClosed() throws Exception {
        ProcessTrees processes = ProcessTrees.open();
        var outcome = (ProcessOutcome.Exited) processes.run(Requests.of(directory, "env"), new Cancellation());
        String identity = identityIn(outcome.stdout().text());
        assertEquals(1, guards(identity));
        processes.close();
        Requests.await("the guard has ended", Duration.ofSeconds(2), () -> guards(identity) == 0);
    }

    /** The identity with which the trees of a {@link ProcessTrees} are marked, read off one of its processes. */
    private static String identityIn(String environment) {
        int start = environment.indexOf(TreeMarker.VARIABLE + "=") + TreeMarker.VARIABLE.length() + 1;
        return environment.substring(start, environment.indexOf('.', start));
    }

    private static long guards(String identity) {
        return Requests.matching("cmdline", identity).size();
    }
}
