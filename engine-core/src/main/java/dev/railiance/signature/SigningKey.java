package dev.railiance.signature;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.process.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Map;
import java.util.function.Supplier;

/** A key that signs. Never shows itself. */
public sealed interface SigningKey permits SigningKey.OfPem, SshSigningKey {

    /**
     * Signs a message.
     *
     * @param namespace what for; part of what an SSH key signs
     */
    Outcome<Signed> sign(byte[] message, String namespace);

    /** A signature as it is kept in a file: armoured text of SSH, or the 64 bytes of Ed25519. */
    final class Signed {

        private final byte[] bytes;
        private final String keyId;
        private final boolean ssh;

        Signed(byte[] bytes, String keyId, boolean ssh) {
            this.bytes = bytes.clone();
            this.keyId = keyId;
            this.ssh = ssh;
        }

        /** A copy of the bytes. */
        public byte[] bytes() {
            return bytes.clone();
        }

        /** Names the key that made it. */
        public String keyId() {
            return keyId;
        }

        /** Whether it is one of SSH. */
        public boolean ssh() {
            return ssh;
        }
    }

    /**
     * The key in a file: an Ed25519 private key in PEM (PKCS#8), an OpenSSH private key, or an OpenSSH public key whose
     * private one an agent holds. The last two sign through {@code ssh-keygen}.
     *
     * @param environment of this process, to find {@code ssh-keygen} and the agent
     */
    static Outcome<SigningKey> read(Path file, Supplier<Processes> processes, Map<String, String> environment) {
        try {
            if (Files.size(file) > TrustedSigners.LARGEST_FILE) {
                return unusable(file, "it is too large");
            }
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            if (text.contains("-----BEGIN PRIVATE KEY-----")) {
                return pem(file, text);
            }
            if (text.contains("-----BEGIN OPENSSH PRIVATE KEY-----")
                    || text.startsWith("ssh-")
                    || text.startsWith("ecdsa-")
                    || text.startsWith("sk-")) {
                return Outcome.done(new SshSigningKey(file.toAbsolutePath(), processes, environment));
            }
            return unusable(
                    file,
                    text.contains("ENCRYPTED PRIVATE KEY")
                            ? "it is encrypted"
                            : "it is neither an Ed25519 key in PEM (PKCS#8) nor an OpenSSH key");
        } catch (NoSuchFileException e) {
            return unusable(file, "there is no such file");
        } catch (IOException e) {
            return unusable(file, "it cannot be read");
        }
    }

    private static Outcome<SigningKey> pem(Path file, String text) {
        try {
            PrivateKey key = Pem.privateKey(text);
            return Outcome.done(new OfPem(key, publicOf(key)));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return unusable(file, "it is no Ed25519 key");
        }
    }

    /** Java makes a public key only together with its private one: so the same one is made again, from the same seed. */
    private static PublicKey publicOf(PrivateKey key) throws GeneralSecurityException {
        byte[] seed = ((EdECPrivateKey) key)
                .getBytes()
                .orElseThrow(() -> new IllegalArgumentException("a key that does not show itself"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        });
        return generator.generateKeyPair().getPublic();
    }

    private static Outcome<SigningKey> unusable(Path file, String why) {
        return Outcome.notDone(new Failure(
                Code.KEY_UNUSABLE,
                "the key file " + file + " cannot be used: " + why,
                "ssh-keygen -t ed25519 -f railiance-key"));
    }

    /** An Ed25519 key in this process. */
    final class OfPem implements SigningKey {

        private final PrivateKey key;
        private final PublicKey shown;

        private OfPem(PrivateKey key, PublicKey shown) {
            this.key = key;
            this.shown = shown;
        }

        @Override
        public Outcome<Signed> sign(byte[] message, String namespace) {
            try {
                Signature signer = Signature.getInstance("Ed25519");
                signer.initSign(key);
                signer.update(message);
                return Outcome.done(new Signed(signer.sign(), Pem.keyId(shown), false));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Java could not sign with Ed25519", e);
            }
        }

        @Override
        public String toString() {
            return Pem.keyId(shown);
        }
    }
}
