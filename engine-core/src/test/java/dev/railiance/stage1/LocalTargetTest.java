package dev.railiance.stage1;

import static dev.railiance.stage1.Validations.MINUTE;
import static dev.railiance.stage1.Validations.http;
import static dev.railiance.stage1.Validations.lastReason;
import static dev.railiance.stage1.Validations.shell;
import static dev.railiance.stage1.Validations.target;
import static dev.railiance.stage1.Validations.tcp;
import static dev.railiance.stage1.Validations.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.contract.Check;
import dev.railiance.contract.DeclaredCommand;
import dev.railiance.contract.DeclaredTarget;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTargetTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(30);

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

    private static Check.File ready() {
        return Validations.file("ready");
    }

    /** Is ready when the file is there, which nothing before it made. */
    private static DeclaredTarget script(String script) {
        return target(shell(script), ready(), LONG);
    }

    @Test
    void aRealServerIsStartedAwaitedCheckedAndStopped() {
        int port = Validations.freePort();
        validations.write("Server.java", """
                import com.sun.net.httpserver.HttpServer;
                import java.net.InetSocketAddress;
                public class Server {
                    public static void main(String[] args) throws Exception {
                        HttpServer server = HttpServer.create(
                                new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 0);
                        long start = System.nanoTime();
                        server.createContext("/", exchange -> {
                            byte[] hello = "hello".getBytes();
                            boolean warm = System.nanoTime() - start > 200_000_000L;
                            exchange.sendResponseHeaders(warm ? 200 : 503, hello.length);
                            exchange.getResponseBody().write(hello);
                            exchange.close();
                        });
                        server.start();
                    }
                }
                """);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var start = new DeclaredCommand(
                "server", List.of(java, "-Xshare:auto", "Server.java", "" + port), ".", MINUTE, List.of());
        String url = "http://127.0.0.1:" + port + "/";
        var page = new Check.Http("page", LONG, false, url, "GET", 200, Optional.of("hello"), Optional.of(LONG));
        for (int round = 0; round < 2; round++) {
            ValidationReport report = validations.target(target(start, http(url), LONG), page, tcp(port));
            assertEquals(
                    List.of(
                            "prerequisites PASSED",
                            "start target PASSED",
                            "page PASSED",
                            "tcp PASSED",
                            "stop target PASSED"),
                    told(report));
            assertEquals(Verdict.FAILED, validations.check(tcp(port)).verdict());
        }
    }

    @Test
    void allChecksAreMadeEvenIfOneFails() throws IOException {
        ValidationReport report = validations.target(
                script("echo $$ > pid; touch ready; exec sleep 300"),
                Validations.file("missing"),
                ready(),
                Validations.file("missing too"));
        assertEquals(
                List.of(
                        "prerequisites PASSED",
                        "start target PASSED",
                        "file FAILED",
                        "file PASSED",
                        "file FAILED",
                        "stop target PASSED"),
                told(report));
        assertEquals(Verdict.FAILED, report.verdict());
        assertFalse(validations.lives("pid"));
    }

    @Test
    void oneThatEndsBeforeItIsReadyFailsWithItsExitCode() {
        ValidationReport report = validations.target(script("exit 7"), ready());
        assertEquals(List.of("prerequisites PASSED", "start target FAILED"), told(report));
        assertEquals("the target ended with exit code 7 before it was ready", lastReason(report));
    }

    @Test
    void oneThatEndsDuringTheChecksFails() {
        var wait = new Check.Command(
                "wait",
                LONG,
                false,
                shell("i=0; while [ ! -e gone ] && [ $i -lt 500 ]; do sleep 0.02; i=$((i+1)); done"),
                0);
        // The tree is over once the last of it is: a second check gives the engine the time to see that.
        var settle = new Check.Command("settle", LONG, false, shell("sleep 0.3"), 0);
        ValidationReport report =
                validations.target(script("touch ready; sleep 0.3; touch gone; exit 5"), wait, settle);
        assertEquals("the target ended with exit code 5 during the checks", lastReason(report));
        assertEquals(Verdict.FAILED, report.verdict());
        assertEquals(5, report.steps().size());
    }

    @Test
    void oneThatNeverGetsReadyFailsAndIsStopped() throws IOException {
        var never = target(shell("echo $$ > pid; exec sleep 300"), ready(), Duration.ofMillis(400));
        ValidationReport report = validations.target(never);
        assertEquals("not ready within 400 ms", lastReason(report));
        assertEquals(Verdict.FAILED, report.verdict());
        assertFalse(validations.lives("pid"));
    }

    @Test
    void aReadinessEndpointThatHangsDoesNotOutlastTheStartup() throws IOException {
        int port = Validations.freePort();
        validations.write("Hang.java", """
                public class Hang {
                    public static void main(String[] args) throws Exception {
                        var server = new java.net.ServerSocket(
                                Integer.parseInt(args[0]), 9, java.net.InetAddress.getLoopbackAddress());
                        while (true) { server.accept(); }
                    }
                }
                """);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var start = new DeclaredCommand("hang", List.of(java, "Hang.java", "" + port), ".", MINUTE, List.of());
        var slow = new Check.Http(
                "r", MINUTE, false, "http://localhost:" + port, "GET", 200, Optional.empty(), Optional.empty());
        ValidationReport report = validations.target(target(start, slow, Duration.ofSeconds(3)));
        assertEquals("not ready within 3 s", lastReason(report));
        assertTrue(report.steps().getLast().duration().toMillis() < 6000);
    }

    @Test
    void aPortThatAnswersBeforeTheStartIsErroredAndNothingIsStarted() throws IOException {
        String already = "something answers already, before the target is started: stop that first";
        try (var stale = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            var start = shell("touch started; exec sleep 300");
            for (String host : List.of("127.0.0.1", "localhost")) {
                String url = "http://" + host + ":" + stale.getLocalPort() + "/readyz";
                ValidationReport report = validations.target(target(start, http(url), LONG));
                assertEquals(already, lastReason(report));
                assertEquals(Verdict.ERRORED, report.verdict());
            }
            assertEquals(already, lastReason(validations.target(target(start, tcp(stale.getLocalPort()), LONG))));
        }
        validations.write("ready", "");
        assertEquals(already, lastReason(validations.target(script("touch started"))));
        assertFalse(Files.exists(directory.resolve("started")));
    }

    @Test
    void oneThatIgnoresSigtermIsKilledWithAllItsChildren() throws IOException {
        assertTimeout(Duration.ofSeconds(10), () -> {
            ValidationReport report = validations.target(
                    script("trap '' TERM; sh -c 'trap \"\" TERM; echo $$ > child; while :; do sleep 1; done' & "
                            + "setsid sh -c 'echo $$ > daemon; exec sleep 300' & echo $$ > pid; "
                            + "while [ ! -s child ] || [ ! -s daemon ]; do sleep 0.05; done; "
                            + "touch ready; while :; do sleep 1; done"),
                    ready());
            assertEquals(Verdict.PASSED, report.verdict(), report::toString);
        });
        assertFalse(validations.lives("pid"));
        assertFalse(validations.lives("child"));
        assertFalse(validations.lives("daemon"));
    }

    @Test
    void oneThatPrintsWithoutEndIsNoBurden() {
        ValidationReport report = validations.target(
                script("(while [ ! -e x ]; do echo xxxxxxxxxxxxxxxxxxxx; done) & touch ready; wait"));
        assertEquals(Verdict.PASSED, report.verdict(), report::toString);
    }

    @Test
    void theStopCommandIsWhatStopsIt() throws IOException {
        var start = shell("trap 'touch terminated' TERM; touch ready; while [ ! -e please-stop ]; do sleep 0.02; done");
        var stop = shell("touch please-stop");
        var declared = new DeclaredTarget(start, ready(), LONG, Duration.ofMillis(20), Optional.of(stop), LONG);
        ValidationReport report = validations.target(declared);
        assertEquals(Verdict.PASSED, report.verdict(), report::toString);
        assertFalse(Files.exists(directory.resolve("terminated")));
    }

    @Test
    void aStopCommandThatFailsIsToldAndTheTargetStoppedAnyway() throws IOException {
        var start = shell("echo $$ > pid; touch ready; exec sleep 300");
        var declared = new DeclaredTarget(
                start, ready(), LONG, Duration.ofMillis(20), Optional.of(shell("exit 3")), Duration.ofMillis(100));
        ValidationReport report = validations.target(declared);
        assertEquals("stop command: exit code 3, expected 0", lastReason(report));
        assertEquals(Verdict.FAILED, report.verdict());
        assertFalse(validations.lives("pid"));
    }

    @Test
    void aTargetWhoseProgramIsMissingIsErroredBeforeAnythingRuns() {
        var declared = target(Validations.command("no-such-server"), ready(), SECOND);
        assertEquals(List.of("prerequisites ERRORED"), told(validations.target(declared)));
    }

    @Test
    void nothingThatATargetPrintsReachesTheReport() {
        String secret = "s3cr3t-of-target";
        validations.environment.put("TOKEN", secret);
        var start = new DeclaredCommand(
                "leak", List.of("sh", "-c", "echo $TOKEN; echo $TOKEN >&2; exit 1"), ".", MINUTE, List.of("TOKEN"));
        ValidationReport report = validations.target(target(start, ready(), LONG));
        assertEquals(Verdict.FAILED, report.verdict());
        assertFalse(report.toString().contains(secret));
    }
}
