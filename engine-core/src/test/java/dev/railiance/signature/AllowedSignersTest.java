package dev.railiance.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.failure.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lines of an {@code allowed_signers} file, put to {@code ssh-keygen -Y verify} and to us. In them {@code KEY} stands for
 * the signer's key with its type, {@code BLOB} for the key without it, and {@code OTHER} for somebody else's key.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AllowedSignersTest {

    private static final String NAMESPACE = "railiance-checkpoint";
    private static final byte[] MESSAGE = "a message\n".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    private Path directory = Path.of(".");
    private String key = "";
    private String other = "";

    @BeforeAll
    void signs(@TempDir Path shared) throws IOException, InterruptedException {
        boolean there = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(part -> Files.isExecutable(Path.of(part, "ssh-keygen")));
        Assumptions.assumeTrue(there, "ssh-keygen is not installed here");
        directory = shared;
        for (String name : List.of("mine", "other")) {
            assertTrue(ends("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", name));
        }
        Files.write(directory.resolve("message"), MESSAGE);
        assertTrue(ends("ssh-keygen", "-q", "-Y", "sign", "-f", "mine", "-n", NAMESPACE, "message"));
        key = Files.readString(directory.resolve("mine.pub")).strip();
        other = Files.readString(directory.resolve("other.pub")).strip();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice KEY",
                "alice KEY a comment that it\"s quoted in",
                "alice KEY\r",
                "  alice\t \tKEY",
                "\"alice\" KEY",
                "bob,alice KEY",
                "* KEY",
                "al?ce KEY",
                "alice namespaces=\"railiance-*\" KEY",
                "alice namespaces=\"git,railiance-checkpoint\" KEY",
                "alice NameSpaces=\"*\" KEY",
                "alice namespaces=\"!git,*\" KEY",
                "alice valid-after=\"20200101\",valid-before=\"20990101120000Z\",namespaces=\"*\" KEY",
                "# a comment\nalice KEY",
                "\n\nbob OTHER\nalice KEY\n"
            })
    void whatOpensshAcceptsIsAccepted(String line) throws Exception {
        assertTrue(openssh(line), "OpenSSH refuses " + line);
        assertTrue(ours(line), "refused: " + line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice namespaces=\"!railiance-checkpoint,*\" KEY",
                "alice namespaces=\"*,!railiance-*\" KEY",
                "alice namespaces=\"git\" KEY",
                "alice namespaces=\"\" KEY",
                "# a comment\ralice KEY",
                "# a comment\r\ralice KEY",
                "alice valid-before=\"20200101\",valid-before=\"20990101\" KEY",
                "alice valid-after=\"20990101\",valid-after=\"20200101\" KEY",
                "alice namespaces=\"git\",namespaces=\"*\" KEY",
                "alice valid-before=\"20200101\" KEY",
                "alice valid-after=\"20990101\" KEY",
                "alice valid-after=\"20990101\",valid-before=\"20200101\" KEY",
                "alice valid-after=\"2020\" KEY",
                "alice valid-after=\"2020010112\" KEY",
                "alice valid-after=\"20201301\" KEY",
                "alice ssh-rsa BLOB",
                "alice ecdsa-sha2-nistp256 BLOB",
                "alice ssh-ed25519 OTHER",
                "alice \" KEY",
                "alice\" KEY",
                "\"alice KEY",
                "alice \"\" KEY",
                "alice namespaces=\"* KEY",
                "alice namespaces=* KEY",
                "alice namespaces=\"*\", KEY",
                "alice namespaces=\"*\"valid-after=\"20200101\" KEY",
                "alice namespaces=\"*\", valid-after=\"20200101\" KEY",
                "alice unknown=\"x\" KEY",
                "alice unknown KEY",
                "alice cert-authority KEY",
                "alice namespaces=\"*\" valid-after=\"20200101\" KEY",
                "alice,!alice KEY",
                "!alice KEY",
                "!alice,* KEY",
                "\"\" KEY",
                ", KEY",
                "alice ssh-ed25519",
                "alice",
                "KEY",
                "alice OTHER",
                "#alice KEY"
            })
    void whatOpensshRefusesIsRefused(String line) throws Exception {
        assertFalse(openssh(line), "OpenSSH accepts " + line);
        assertFalse(ours(line), "accepted: " + line);
    }

    /** OpenSSH is told who signed, and reads some spellings that nobody needs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "!bob,* KEY",
                "alice\rKEY",
                "al\"ice KEY",
                "alice namespaces=\"a\\\"b,*\" KEY",
                "alice ED25519 BLOB",
                "alice ,namespaces=\"*\" KEY",
                "alice namespaces=\"*\",,valid-after=\"20200101\" KEY",
                "alice\u0001,alice KEY",
                "alice valid-after=\"20200231\" KEY"
            })
    void weAreStricterWhereALineCouldBeMistaken(String line) {
        assertFalse(ours(line), "accepted: " + line);
    }

    @Test
    void theSignerIsThePersonAndNotThePattern() {
        String fingerprint = SshPublicKey.read(Base64.getDecoder().decode(key.split(" ", 2)[1]))
                .fingerprint();

        assertEquals("alice", name("*@example.org,alice KEY"));
        assertEquals("bob", name("alice,bob,!alice KEY"));
        assertEquals("müller", name("müller KEY"));
        assertEquals(fingerprint, name("* KEY"));
        assertEquals(fingerprint, name("*@example.org,b?b KEY"));
    }

    @Test
    void aLongPatternTakesNoLongTime() {
        assertFalse(new PatternList(List.of("*a".repeat(100) + "b")).matches("a".repeat(100_000)));
    }

    @Test
    void aFileThatIsNotUtf8IsNotGuessedAt() throws IOException {
        Path file =
                Files.write(directory.resolve("latin"), ("müller " + key + "\n").getBytes(StandardCharsets.ISO_8859_1));

        assertTrue(message(TrustedSigners.allowed(file)).endsWith("it is not text in UTF-8"));
    }

    private static String message(Outcome<?> answer) {
        return switch (answer) {
            case Outcome.Done<?> done -> "done";
            case Outcome.NotDone<?> not -> not.failure().message();
        };
    }

    private String name(String line) {
        return AllowedSigners.parse(filled(line)).principal(signature(), NOW).orElse("nobody");
    }

    private boolean ours(String line) {
        return AllowedSigners.parse(filled(line)).principal(signature(), NOW).isPresent();
    }

    private SshSignature signature() {
        try {
            SshSignature read = SshSignature.read(Files.readString(directory.resolve("message.sig")));
            assertTrue(read.over(MESSAGE, NAMESPACE));
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean openssh(String line) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("allowed"), filled(line));
        return ends("ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", "alice", "-n", NAMESPACE, "-s", "message.sig");
    }

    private String filled(String line) {
        return line.replace("KEY", key).replace("BLOB", key.split(" ", 2)[1]).replace("OTHER", other);
    }

    /** Whether a command with the message as its input ends well. */
    private boolean ends(String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        if (Files.exists(directory.resolve("message"))) {
            builder.redirectInput(directory.resolve("message").toFile());
        }
        Process process = builder.start();
        try (InputStream said = process.getInputStream()) {
            said.readAllBytes();
        }
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return process.exitValue() == 0;
    }
}
