package dev.railiance.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.signature.Signers.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signatures as a hardware token makes them, made here by its rules, put to {@code ssh-keygen -Y verify} and to us. */
class TokenKeyTest {

    private static final String NAMESPACE = "railiance-approval";
    private static final String ED25519 = "sk-ssh-ed25519@openssh.com";
    private static final String ECDSA = "sk-ecdsa-sha2-nistp256@openssh.com";
    private static final byte[] MESSAGE = "a message\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] APPLICATION = "ssh:".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    @TempDir
    Path directory;

    @BeforeEach
    void opensshIsThere() {
        Assumptions.assumeTrue(
                List.of(System.getenv("PATH").split(":")).stream()
                        .anyMatch(part -> Files.isExecutable(Path.of(part, "ssh-keygen"))),
                "ssh-keygen is not installed here");
    }

    @Test
    void whatATokenSignedAfterATouchIsAccepted() throws Exception {
        for (String type : List.of(ED25519, ECDSA)) {
            KeyPair pair = pair(type);
            byte[] signature = signature(type, pair, 1, MESSAGE);

            assertTrue(openssh(type, pair, signature), type);
            assertTrue(ours(type, pair, signature) instanceof Answer.Holds, type);
        }
    }

    @Test
    void aSignatureOfAnotherMessageOrKeyIsRefused() throws Exception {
        for (String type : List.of(ED25519, ECDSA)) {
            KeyPair pair = pair(type);
            byte[] other = signature(type, pair, 1, "another".getBytes(StandardCharsets.UTF_8));
            byte[] stranger = signature(type, pair(type), 1, MESSAGE);

            assertFalse(openssh(type, pair, other), type);
            assertEquals(new Answer.Forged(), ours(type, pair, other));
            assertFalse(openssh(type, pair, stranger), type);
            assertTrue(ours(type, pair, stranger) instanceof Answer.UnknownKey, type);
        }
    }

    @Test
    void weDoNotTakeASignatureForWhichNobodyTouchedTheToken() throws Exception {
        for (String type : List.of(ED25519, ECDSA)) {
            KeyPair pair = pair(type);

            assertEquals(new Answer.Forged(), ours(type, pair, signature(type, pair, 0, MESSAGE)));
        }
    }

    private static KeyPair pair(String type) throws GeneralSecurityException {
        if (type.equals(ED25519)) {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static byte[] blob(String type, KeyPair pair) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        byte[] encoded = pair.getPublic().getEncoded();
        if (type.equals(ED25519)) {
            byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
            return SshWire.strings(new byte[0], name, raw, APPLICATION);
        }
        assertTrue(pair.getPublic() instanceof ECPublicKey);
        byte[] point = Arrays.copyOfRange(encoded, encoded.length - 65, encoded.length);
        return SshWire.strings(new byte[0], name, "nistp256".getBytes(StandardCharsets.US_ASCII), point, APPLICATION);
    }

    private static byte[] signature(String type, KeyPair pair, int flags, byte[] message) throws Exception {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        byte[] magic = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
        byte[] namespace = NAMESPACE.getBytes(StandardCharsets.US_ASCII);
        byte[] hash = "sha512".getBytes(StandardCharsets.US_ASCII);
        byte[] data = SshWire.strings(
                magic,
                namespace,
                new byte[0],
                hash,
                MessageDigest.getInstance("SHA-512").digest(message));
        byte[] report = ByteBuffer.allocate(5).put((byte) flags).putInt(7).array();
        var told = new ByteArrayOutputStream();
        told.writeBytes(MessageDigest.getInstance("SHA-256").digest(APPLICATION));
        told.writeBytes(report);
        told.writeBytes(MessageDigest.getInstance("SHA-256").digest(data));
        Signature signer = Signature.getInstance(type.equals(ED25519) ? "Ed25519" : "SHA256withECDSAinP1363Format");
        signer.initSign(pair.getPrivate());
        signer.update(told.toByteArray());
        byte[] raw = signer.sign();
        byte[] value = type.equals(ED25519)
                ? raw
                : SshWire.strings(new byte[0], number(Arrays.copyOf(raw, 32)), number(Arrays.copyOfRange(raw, 32, 64)));
        var made = new ByteArrayOutputStream();
        made.writeBytes(SshWire.strings(new byte[0], name, value));
        made.writeBytes(report);
        var all = new ByteArrayOutputStream();
        all.writeBytes(magic);
        all.writeBytes(ByteBuffer.allocate(4).putInt(1).array());
        all.writeBytes(
                SshWire.strings(new byte[0], blob(type, pair), namespace, new byte[0], hash, made.toByteArray()));
        return ("-----BEGIN SSH SIGNATURE-----\n"
                        + Base64.getMimeEncoder(70, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(all.toByteArray())
                        + "\n-----END SSH SIGNATURE-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] number(byte[] unsigned) {
        return new BigInteger(1, unsigned).toByteArray();
    }

    private static String signers(String type, KeyPair pair) {
        return "alice " + type + " " + Base64.getEncoder().encodeToString(blob(type, pair)) + "\n";
    }

    private static Answer ours(String type, KeyPair pair, byte[] signature) {
        return Signers.parse(signers(type, pair)).check(MESSAGE, signature, NAMESPACE, NOW);
    }

    private boolean openssh(String type, KeyPair pair, byte[] signature) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("signers"), signers(type, pair));
        Files.write(directory.resolve("signature"), signature);
        Path message = Files.write(directory.resolve("message"), MESSAGE);
        Process process = new ProcessBuilder(
                        "ssh-keygen",
                        "-Y",
                        "verify",
                        "-f",
                        "signers",
                        "-I",
                        "alice",
                        "-n",
                        NAMESPACE,
                        "-s",
                        "signature")
                .directory(directory.toFile())
                .redirectInput(message.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return process.exitValue() == 0;
    }
}
