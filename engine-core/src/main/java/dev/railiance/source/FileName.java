package dev.railiance.source;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A path below a directory as the bytes it has on disk, parts separated by slashes. A {@link String} will not do: the
 * JDK decodes names by the locale, and what the locale cannot say is lost; only URIs carry the bytes both ways.
 */
final class FileName implements Comparable<FileName> {

    private final byte[] bytes;

    /** Takes the array as it is; the caller does not change it afterwards. */
    FileName(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    private static final String HEX = "0123456789ABCDEF";

    /** The name of {@code file} as seen from {@code root}. */
    static FileName below(Path root, Path file) {
        byte[] top = raw(root);
        byte[] whole = raw(file);
        return new FileName(Arrays.copyOfRange(whole, top.length + (top.length == 1 ? 0 : 1), whole.length));
    }

    /** The bytes of an absolute or relative path, as they are. */
    static FileName of(Path path) {
        byte[] whole = raw(path);
        if (path.isAbsolute()) {
            return new FileName(whole);
        }
        int prefix = raw(Path.of("").toAbsolutePath()).length;
        return new FileName(Arrays.copyOfRange(whole, Math.min(whole.length, prefix + 1), whole.length));
    }

    /** The file of this name below {@code root}. */
    Path at(Path root) {
        StringBuilder uri = new StringBuilder("file://");
        encode(raw(root), uri);
        uri.append('/');
        encode(bytes, uri);
        return Path.of(URI.create(uri.toString()));
    }

    private static void encode(byte[] bytes, StringBuilder uri) {
        for (byte b : bytes) {
            if ((b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '/' || b == '.') {
                uri.append((char) b);
            } else {
                uri.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
            }
        }
    }

    private static byte[] raw(Path path) {
        String uri = path.toUri().getRawPath();
        // The JDK marks a directory with a slash that is not part of the name.
        boolean marked =
                uri.length() > 1 && uri.endsWith("/") && !path.toString().endsWith("/");
        int end = marked ? uri.length() - 1 : uri.length();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(end);
        for (int i = 0; i < end; i++) {
            char c = uri.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(uri, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }

    /** Bytewise, unsigned: the same order on every machine. */
    @Override
    public int compareTo(FileName other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileName name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** For people: on one line, whatever the name holds. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
    }
}
