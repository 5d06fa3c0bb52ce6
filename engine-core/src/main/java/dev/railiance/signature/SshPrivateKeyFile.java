package dev.railiance.signature;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What an OpenSSH private key shows without its secret: the public key at its beginning. */
final class SshPrivateKeyFile {

    private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String END = "-----END OPENSSH PRIVATE KEY-----";
    private static final String MAGIC = "openssh-key-v1\0";

    private SshPrivateKeyFile() {}

    /** The public key of a private key file; empty if it is none, or holds a key that is not supported. */
    static Optional<SshPublicKey> publicKey(String text) {
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END);
        if (from < 0 || to < from) {
            return Optional.empty();
        }
        try {
            var wire = new SshWire(Base64.getMimeDecoder().decode(text.substring(from + BEGIN.length(), to)));
            boolean known = new String(wire.take(MAGIC.length()), StandardCharsets.US_ASCII).equals(MAGIC);
            // The cipher, its key derivation, and what that needs; then how many keys there are.
            wire.string();
            wire.string();
            wire.string();
            return known && wire.number() == 1 ? Optional.of(SshPublicKey.read(wire.string())) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
