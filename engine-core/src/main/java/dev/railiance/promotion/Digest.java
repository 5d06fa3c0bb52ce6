package dev.railiance.promotion;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 digest, written {@code sha256:} and 64 lower-case hexadecimal digits (the form of the OCI image spec). */
public record Digest(String value) {

    private static final String ALGORITHM = "sha256:";

    private static final int LENGTH = ALGORITHM.length() + 64;

    public Digest {
        if (value.length() != LENGTH || !value.startsWith(ALGORITHM) || !Form.hex(value, ALGORITHM.length())) {
            throw new IllegalArgumentException("not a sha256 digest");
        }
    }

    /** The digest of these bytes. */
    public static Digest of(byte[] content) {
        return new Digest("sha256:" + HexFormat.of().formatHex(sha256().digest(content)));
    }

    /** The digest of these parts, each preceded by its length so that no two lists of parts give the same bytes. */
    public static Digest ofParts(String... parts) {
        MessageDigest sha256 = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            sha256.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            sha256.update(bytes);
        }
        return new Digest("sha256:" + HexFormat.of().formatHex(sha256.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
