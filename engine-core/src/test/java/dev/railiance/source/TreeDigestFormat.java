package dev.railiance.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The documented format, written down a second time. */
final class TreeDigestFormat {

    private TreeDigestFormat() {}

    static MessageDigest start() {
        MessageDigest sha256 = sha256();
        sha256.update("railiance.tree.v1\n".getBytes(StandardCharsets.UTF_8));
        return sha256;
    }

    static void entry(MessageDigest sha256, char type, String name, String content) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        sha256.update((type + "" + bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        sha256.update(bytes);
        sha256.update(sha256().digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    static String end(MessageDigest sha256) {
        return "sha256:" + HexFormat.of().formatHex(sha256.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
