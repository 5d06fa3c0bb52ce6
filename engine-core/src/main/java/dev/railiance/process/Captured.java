package dev.railiance.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The first bytes of a stream that a process wrote. Its text form never shows them. */
public final class Captured {

    /** Nothing was written, or nothing was to be kept. */
    public static final Captured NOTHING = new Captured(new byte[0], 0);

    private final byte[] bytes;

    /** Keeps a copy of the first {@code length} bytes. */
    public Captured(byte[] bytes, int length) {
        this.bytes = Arrays.copyOf(bytes, length);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes as UTF-8; malformed ones become U+FFFD. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** How many bytes there are. */
    public int length() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "Captured[" + bytes.length + " bytes]";
    }
}
