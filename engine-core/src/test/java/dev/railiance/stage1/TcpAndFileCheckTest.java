package dev.railiance.stage1;

import static dev.railiance.stage1.Validations.file;
import static dev.railiance.stage1.Validations.reason;
import static dev.railiance.stage1.Validations.shell;
import static dev.railiance.stage1.Validations.tcp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railiance.contract.Check;
import dev.railiance.promotion.Step;
import dev.railiance.promotion.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TcpAndFileCheckTest {

    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final Duration SECOND = Duration.ofSeconds(1);

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

    private void assertSays(Verdict verdict, String reason, Check check) {
        Step step = validations.check(check);
        assertEquals(verdict + " " + reason, step.verdict() + " " + reason(step));
    }

    @Test
    void tcpPassesWhereSomebodyListens() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertSays(Verdict.PASSED, "", tcp(server.getLocalPort()));
        }
        assertSays(Verdict.FAILED, "no connection", tcp(Validations.freePort()));
    }

    @Test
    void tcpTakesIpv6InBrackets() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getByAddress(IPV6_LOOPBACK))) {
            assertSays(Verdict.PASSED, "", new Check.Tcp("tcp", SECOND, false, "[::1]:" + server.getLocalPort()));
        } catch (java.net.SocketException e) {
            assumeTrue(false, "this machine has no IPv6 loopback");
        }
    }

    @Test
    void tcpErrorsWhereTheAddressIsNone() {
        for (String address :
                new String[] {"", "host", ":80", "host:", "host:0", "host:65536", "::1:80", "[h]:1", "a:b"}) {
            assertSays(Verdict.ERRORED, "the address is not host:port", new Check.Tcp("tcp", SECOND, false, address));
        }
        assertSays(Verdict.ERRORED, "unknown host", new Check.Tcp("tcp", SECOND, false, "no-such-host.invalid:1"));
        assertSays(Verdict.SKIPPED, "unknown host", new Check.Tcp("tcp", SECOND, true, "no-such-host.invalid:1"));
    }

    @Test
    void aFileHasToBeThereAndLongEnough() {
        validations.write("a/b.txt", "12345");
        assertSays(Verdict.PASSED, "", file("a/b.txt"));
        assertSays(Verdict.PASSED, "", new Check.File("f", SECOND, false, "a/b.txt", 5));
        assertSays(Verdict.FAILED, "5 bytes, expected at least 6", new Check.File("f", SECOND, false, "a/b.txt", 6));
        assertSays(Verdict.FAILED, "no such file", file("a/c.txt"));
        assertSays(Verdict.FAILED, "not a regular file", file("a"));
    }

    @Test
    void aFileOutsideTheRepositoryIsNotLookedAt(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("x"), "x");
        Files.createSymbolicLink(directory.resolve("link"), elsewhere.resolve("x"));
        assertSays(Verdict.ERRORED, "a link that leads nowhere, or out of the repository", file("link"));
        assertSays(Verdict.ERRORED, "the path leads out of the repository", file("../x"));
        assertSays(Verdict.ERRORED, "the path leads out of the repository", file("/etc/passwd"));
        assertSays(Verdict.ERRORED, "the path leads out of the repository", file("\0"));
    }

    @Test
    void aFifoIsNoFileAndBlocksNobody() {
        assertEquals(Verdict.PASSED, validations.commands(shell("mkfifo pipe")).verdict());
        assertSays(Verdict.FAILED, "not a regular file", file("pipe"));
    }

    @Test
    void aCommandHasToEndWithTheDeclaredCode() {
        assertSays(Verdict.PASSED, "", new Check.Command("c", SECOND, false, shell("exit 4"), 4));
        assertSays(
                Verdict.FAILED, "exit code 0, expected 4", new Check.Command("c", SECOND, false, shell("exit 0"), 4));
        assertSays(
                Verdict.ERRORED,
                "stopped at its time limit of 200 ms",
                new Check.Command("c", Duration.ofMillis(200), false, shell("sleep 60"), 0));
    }

    @Test
    void anOptionalCommandIsSkippedWhereItsProgramIsMissing() {
        var missing = Validations.command("no-such-program");
        String reason = "program \"no-such-program\" was not found or may not be executed";
        assertSays(Verdict.SKIPPED, reason, new Check.Command("c", SECOND, true, missing, 0));
        assertSays(Verdict.ERRORED, reason, new Check.Command("c", SECOND, false, missing, 0));
        assertSays(Verdict.FAILED, "exit code 1, expected 0", new Check.Command("c", SECOND, true, shell("exit 1"), 0));
    }
}
