package dev.railiance.contract.toml;

import dev.railiance.contract.fault.FaultCode;
import dev.railiance.contract.fault.Finding;
import dev.railiance.contract.fault.Position;
import dev.railiance.contract.value.KeyPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Function;

/** The bytes of a contract and their text, or the reason why there is none. */
public sealed interface TomlText {

    /** The largest contract that is read, in bytes. */
    int LARGEST = 1024 * 1024;

    /**
     * A text.
     *
     * @param bytes as they are in the file
     * @param text without a byte order mark
     */
    record Decoded(ByteBuffer bytes, String text) implements TomlText {}

    /** No text: what is wrong, and where. */
    record Refused(Finding finding, Position position) implements TomlText {}

    /** Reads a file. A file that is too large, or no file at all but a device or directory, is not opened. */
    static TomlText read(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return refused(
                        FaultCode.FILE_NOT_REGULAR,
                        "this is no regular file",
                        f -> f.found(attributes.isDirectory() ? "a directory" : "a device, pipe or socket")
                                .suggest("name the file itself, railiance/app.toml"));
            }
            if (attributes.size() > LARGEST) {
                return tooLarge();
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(LARGEST + 1);
                return bytes.length > LARGEST ? tooLarge() : decode(bytes);
            }
        } catch (NoSuchFileException e) {
            return refused(
                    FaultCode.FILE_ABSENT,
                    "there is no such file",
                    f -> f.suggest("create railiance/app.toml, or name the contract"));
        } catch (AccessDeniedException e) {
            return refused(
                    FaultCode.FILE_UNREADABLE,
                    "no permission to read this file",
                    f -> f.suggest("give this user the permission to read it"));
        } catch (IOException e) {
            return refused(FaultCode.FILE_UNREADABLE, "this file cannot be read", f -> f);
        }
    }

    /** Decodes UTF-8, with or without a byte order mark. */
    static TomlText decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        boolean malformed = decoder.decode(in, out, true).isError();
        String decoded = out.flip().toString();
        String text = decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            return new Refused(
                    Finding.atKey(FaultCode.NOT_TEXT, KeyPath.TOP, "this file is binary")
                            .found("a NUL character")
                            .expected("TOML text in UTF-8"),
                    positionOf(text, nul));
        }
        if (malformed) {
            return new Refused(
                    Finding.atKey(FaultCode.NOT_UTF8, KeyPath.TOP, "this file is not UTF-8")
                            .found("byte 0x%02x".formatted(in.get(in.position())))
                            .expected("TOML text in UTF-8"),
                    positionOf(text, text.length()));
        }
        return new Decoded(ByteBuffer.wrap(bytes).asReadOnlyBuffer(), text);
    }

    private static TomlText tooLarge() {
        return refused(
                FaultCode.FILE_TOO_LARGE, "this file is too large for a contract", f -> f.expected("at most 1 MiB"));
    }

    private static TomlText refused(FaultCode code, String message, Function<Finding, Finding> details) {
        return new Refused(details.apply(Finding.atKey(code, KeyPath.TOP, message)), Position.START);
    }

    private static Position positionOf(String text, int offset) {
        int start = text.lastIndexOf('\n', offset - 1) + 1;
        int line = (int) text.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
        return new Position(line, text.codePointCount(start, offset) + 1);
    }
}
