package dev.railiance.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer on a connection of its own. It knows no deadline: the caller sets one, and {@link #abort()} closes
 * the connection under whatever hangs on it.
 */
final class HttpExchange implements Callable<HttpOutcome> {

    private final HttpRequest request;
    private final Optional<SSLSocketFactory> trust;
    private final LongSupplier clock;
    private final AtomicReference<@Nullable Socket> current = new AtomicReference<>();
    private volatile boolean aborted;

    HttpExchange(HttpRequest request, Optional<SSLSocketFactory> trust, LongSupplier clock) {
        this.request = request;
        this.trust = trust;
        this.clock = clock;
    }

    @Override
    public HttpOutcome call() throws IOException {
        Socket plain = connect();
        try {
            Socket socket = request.secure() ? secured(plain) : plain;
            long sent = clock.getAsLong();
            OutputStream out = socket.getOutputStream();
            out.write(request.bytes());
            out.flush();
            AnswerReader reader = new AnswerReader(new BufferedInputStream(socket.getInputStream()), request);
            HttpOutcome outcome = reader.read(() -> Duration.ofNanos(clock.getAsLong() - sent));
            quietlyClose(socket);
            return outcome;
        } finally {
            quietlyClose(plain);
        }
    }

    /** To the first address of the host that answers: a server on "localhost" may listen on the IPv6 one only. */
    private Socket connect() throws IOException {
        for (InetAddress each : InetAddress.getAllByName(request.address().getHost())) {
            Socket socket = new Socket(Proxy.NO_PROXY);
            current.set(socket);
            try {
                if (!aborted) {
                    socket.connect(new InetSocketAddress(each, request.port()));
                    return socket;
                }
            } catch (IOException e) {
                // The next address may do.
            }
            quietlyClose(socket);
        }
        throw new ConnectException("no address of the host answers");
    }

    private Socket secured(Socket plain) throws IOException {
        SSLSocketFactory factory = trust.orElseGet(() -> (SSLSocketFactory) SSLSocketFactory.getDefault());
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, request.name(), request.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (request.name().matches("[-.A-Za-z0-9]*[A-Za-z]")) {
            parameters.setServerNames(List.of(new SNIHostName(request.name())));
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static void quietlyClose(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Everything that was to be read from it has been.
        }
    }

    /** Gives up: closes the connection under whatever thread is using it. */
    void abort() {
        aborted = true;
        Socket socket = current.get();
        if (socket != null) {
            quietlyClose(socket);
        }
    }
}
