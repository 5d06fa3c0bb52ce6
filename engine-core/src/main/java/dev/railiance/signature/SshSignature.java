package dev.railiance.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A signature as {@code ssh-keygen -Y sign} makes it: by a key, for a purpose that it calls a namespace. */
final class SshSignature {

    static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
    private static final String END = "-----END SSH SIGNATURE-----";
    private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);

    private final SshSigner signer;
    private final String namespace;
    private final byte[] reserved;
    private final String hash;
    private final byte[] signature;

    private SshSignature(SshWire wire) {
        signer = SshSigner.read(wire.string());
        namespace = wire.text();
        reserved = wire.string();
        hash = wire.text();
        signature = wire.string();
        wire.end();
    }

    /**
     * Reads the armoured form.
     *
     * @throws IllegalArgumentException if it is none
     */
    static SshSignature read(String armoured) {
        String text = armoured.strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END) || text.length() < BEGIN.length() + END.length()) {
            throw new IllegalArgumentException("not an SSH signature");
        }
        String base64 =
                text.substring(BEGIN.length(), text.length() - END.length()).replaceAll("\\s", "");
        var wire = new SshWire(Base64.getDecoder().decode(base64));
        if (!new String(wire.take(MAGIC.length), StandardCharsets.ISO_8859_1).equals("SSHSIG") || wire.number() != 1) {
            throw new IllegalArgumentException("not an SSH signature of version 1");
        }
        return new SshSignature(wire);
    }

    /** Whose it says it is. */
    SshSigner signer() {
        return signer;
    }

    /** The key that made it. */
    SshPublicKey key() {
        return signer.key();
    }

    /** What it was made for. */
    String namespace() {
        return namespace;
    }

    /** Whether it was made over this message for this purpose, by the key that it names. */
    boolean over(byte[] message, String wantedNamespace) {
        if (!namespace.equals(wantedNamespace) || !(hash.equals("sha256") || hash.equals("sha512"))) {
            return false;
        }
        byte[] signed = SshWire.strings(
                MAGIC,
                namespace.getBytes(StandardCharsets.UTF_8),
                reserved,
                hash.getBytes(StandardCharsets.US_ASCII),
                digest(message));
        return key().signed(signed, signature);
    }

    private byte[] digest(byte[] message) {
        try {
            return MessageDigest.getInstance(hash.equals("sha256") ? "SHA-256" : "SHA-512")
                    .digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-2", e);
        }
    }
}
