package dev.railiance.signature;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What an OpenSSH private key shows without its secret: the public key at its beginning. */
final class SshPrivateKeyFile {

    private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String END = "-----END OPENSSH PRIVATE KEY-----";
    private static final String MAGIC = "openssh-key-v1\0";

    private SshPrivateKeyFile() {}

    /** Whether it is a private key file whose key is on a hardware token; not if it cannot be read. */
    static boolean ofToken(String text) {
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END);
        if (from < 0 || to < from) {
            return false;
        }
        try {
            var wire = new SshWire(Base64.getMimeDecoder().decode(text.substring(from + BEGIN.length(), to)));
            boolean known = new String(wire.take(MAGIC.length()), StandardCharsets.US_ASCII).equals(MAGIC);
            // The cipher, its key derivation, and what that needs; then how many keys there are.
            wire.string();
            wire.string();
            wire.string();
            return known && wire.number() == 1 && SshPublicKey.ofToken(new SshWire(wire.string()).text());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
