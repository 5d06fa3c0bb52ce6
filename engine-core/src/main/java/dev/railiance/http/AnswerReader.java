package dev.railiance.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one answer of HTTP/1.0 or 1.1 off a connection that is used for nothing else. */
final class AnswerReader {

    /** Of status line and headers together, and of one line of a chunked body. */
    private static final int HEAD_LIMIT = 64 << 10;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[0-9] ([1-9][0-9]{2})(?: .*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,15})[ \\t]*(?:;.*)?");

    /** How a body ended. */
    private enum End {
        COMPLETE,
        SHORT,
        CUT
    }

    private record Head(int status, boolean chunked, OptionalLong length) {

        boolean provisional() {
            return status < 200 && status != 101;
        }

        boolean withBody() {
            return status >= 200 && status != 204 && status != 304;
        }
    }

    private final InputStream in;
    private final HttpRequest request;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    AnswerReader(InputStream in, HttpRequest request) {
        this.in = in;
        this.request = request;
    }

    /**
     * Reads the whole of it.
     *
     * @param elapsed is asked when there is nothing more to read
     * @throws IOException where the connection ends before the body, or the server breaks the rules
     */
    HttpOutcome read(Supplier<Duration> elapsed) throws IOException {
        int room = HEAD_LIMIT;
        while (true) {
            String first = line(room).orElseThrow(EOFException::new);
            Matcher status = STATUS.matcher(first);
            if (!status.matches()) {
                return new HttpOutcome.NoAnswer(HttpOutcome.Cause.NOT_HTTP);
            }
            room -= first.length();
            Head head = headers(Integer.parseInt(status.group(1)), room);
            if (!head.provisional()) {
                End end = head.withBody() && request.answeredWithBody() ? body(head) : End.COMPLETE;
                return new HttpOutcome.Answer(
                        head.status(),
                        body.toString(StandardCharsets.UTF_8),
                        end == End.CUT,
                        end != End.SHORT,
                        elapsed.get());
            }
        }
    }

    private Head headers(int status, int limit) throws IOException {
        boolean chunked = false;
        OptionalLong length = OptionalLong.empty();
        int room = limit;
        while (true) {
            String line = line(room).orElseThrow(EOFException::new);
            if (line.isEmpty()) {
                return new Head(status, chunked, length);
            }
            room -= line.length();
            String[] field = line.split(":", 2);
            String value = field.length == 2 ? field[1].strip() : "";
            switch (field[0].toLowerCase(Locale.ROOT)) {
                case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
                case "content-length" -> length = OptionalLong.of(length(value, length));
                default -> {}
            }
        }
    }

    private static long length(String value, OptionalLong before) throws IOException {
        if (!LENGTH.matcher(value).matches()) {
            throw new IOException("a length that is none");
        }
        long length = Long.parseLong(value);
        if (before.isPresent() && before.getAsLong() != length) {
            throw new IOException("two lengths");
        }
        return length;
    }

    private End body(Head head) throws IOException {
        if (head.chunked()) {
            return chunks();
        }
        return head.length().isPresent()
                ? copy(head.length().getAsLong(), End.SHORT)
                : copy(Long.MAX_VALUE, End.COMPLETE);
    }

    private End chunks() throws IOException {
        while (true) {
            Optional<String> line = line(HEAD_LIMIT);
            if (line.isEmpty()) {
                return End.SHORT;
            }
            Matcher chunk = CHUNK.matcher(line.get());
            if (!chunk.matches()) {
                throw new IOException("a chunk without a size");
            }
            long size = Long.parseLong(chunk.group(1), 16);
            // Whatever trails the last chunk is of no interest.
            End end = size == 0 ? End.COMPLETE : copy(size, End.SHORT);
            if (size == 0 || end != End.COMPLETE) {
                return end;
            }
            if (!line(HEAD_LIMIT).orElse("").isEmpty()) {
                throw new IOException("a chunk longer than its size");
            }
        }
    }

    private End copy(long length, End early) throws IOException {
        byte[] buffer = new byte[8192];
        long left = length;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                return early;
            }
            int room = request.bodyLimit() - body.size();
            body.write(buffer, 0, Math.min(read, room));
            if (read > room) {
                return End.CUT;
            }
            left -= read;
        }
        return End.COMPLETE;
    }

    /** The next line without its end; empty where the connection ended before it. */
    private Optional<String> line(int limit) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        while (next >= 0 && next != '\n') {
            if (line.length() >= limit) {
                throw new IOException("more than " + HEAD_LIMIT + " bytes of headers");
            }
            line.append((char) next);
            next = in.read();
        }
        int length = line.length();
        return Optional.of(
                length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString());
    }
}
