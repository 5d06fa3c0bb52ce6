package dev.railiance.stage1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/**
 * One HTTP/1.1 request and its answer, straight to the server: no proxy, no redirect followed, no connection kept.
 *
 * <p>{@code HttpURLConnection} and not {@code java.net.http}: the first request through the latter costs about 300 ms of
 * class loading, ten times as much, in every run. Its time limits do not cover a name look-up or an answer that drips,
 * therefore the caller sets the deadline and {@link #abort()} closes the connection under a blocked read.
 */
final class HttpExchange implements Callable<HttpExchange.Answer> {

    /** More of a body is not looked at. */
    static final int BODY_LIMIT = 1 << 20;

    private final HttpURLConnection connection;
    private final LongSupplier clock;
    private volatile boolean aborted;

    /**
     * An answer.
     *
     * @param status -1 when it is not HTTP
     * @param cut whether the body is longer than {@link #BODY_LIMIT}; it then was not read to its end
     * @param complete whether all of the body came that was announced
     * @param latency from sending the request to the end of the body
     */
    record Answer(int status, String body, boolean cut, boolean complete, Duration latency) {

        /** Without the body. */
        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }

    private HttpExchange(HttpURLConnection connection, LongSupplier clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /**
     * Prepares a request; nothing is sent.
     *
     * @throws IOException when the URL cannot be asked by HTTP
     */
    static HttpExchange prepare(URI uri, String method, LongSupplier clock) throws IOException {
        URLConnection opened = uri.toURL().openConnection(Proxy.NO_PROXY);
        if (!(opened instanceof HttpURLConnection connection) || uri.getHost() == null) {
            throw new IOException("not HTTP");
        }
        connection.setRequestMethod(method);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("Connection", "close");
        connection.setRequestProperty("Accept", "*/*");
        connection.setRequestProperty("User-Agent", "railiance");
        return new HttpExchange(connection, clock);
    }

    @Override
    public Answer call() throws IOException {
        connection.connect();
        long sent = clock.getAsLong();
        int status = connection.getResponseCode();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean cut = status > 0 && read(body);
        long read = clock.getAsLong();
        long announced = connection.getContentLengthLong();
        boolean complete = cut
                || announced < 0
                || body.size() == announced
                || connection.getRequestMethod().equals("HEAD")
                || status == 304;
        connection.disconnect();
        return new Answer(status, body.toString(StandardCharsets.UTF_8), cut, complete, Duration.ofNanos(read - sent));
    }

    /** Reads the body into {@code body}; whether there is more of it than the limit. */
    private boolean read(ByteArrayOutputStream body) throws IOException {
        InputStream error = connection.getErrorStream();
        InputStream in = error != null || connection.getResponseCode() >= 400 ? error : connection.getInputStream();
        if (in == null) {
            return false;
        }
        byte[] buffer = new byte[8192];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            if (aborted) {
                throw new IOException("past the deadline");
            }
            int room = BODY_LIMIT - body.size();
            body.write(buffer, 0, Math.min(length, room));
            if (length > room) {
                return true;
            }
        }
        return false;
    }

    /** Gives up: closes the connection under whatever thread is reading from it. */
    void abort() {
        aborted = true;
        connection.disconnect();
    }
}
