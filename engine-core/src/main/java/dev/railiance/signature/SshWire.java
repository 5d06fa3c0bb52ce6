package dev.railiance.signature;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the binary form in which SSH writes keys and signatures (RFC 4251). Bounded by the bytes that there are. */
final class SshWire {

    private final ByteBuffer bytes;

    SshWire(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /**
     * The next bytes as they are.
     *
     * @throws IllegalArgumentException if there are fewer
     */
    byte[] take(int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("an SSH key or signature ends too early");
        }
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    int number() {
        try {
            return bytes.getInt();
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("an SSH key or signature ends too early", e);
        }
    }

    long longNumber() {
        try {
            return bytes.getLong();
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("an SSH key or signature ends too early", e);
        }
    }

    /** The next string: its length, then its bytes. */
    byte[] string() {
        return take(number());
    }

    String text() {
        return new String(string(), StandardCharsets.UTF_8);
    }

    boolean hasMore() {
        return bytes.hasRemaining();
    }

    /** Everything that was read so far. */
    byte[] taken() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    void end() {
        if (hasMore()) {
            throw new IllegalArgumentException("an SSH key or signature goes on after its end");
        }
    }

    /** Text as it is written. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The same form, written. */
    static byte[] strings(byte[] prefix, byte[]... strings) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(prefix);
        for (byte[] string : strings) {
            out.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(string.length).array());
            out.writeBytes(string);
        }
        return out.toByteArray();
    }
}
