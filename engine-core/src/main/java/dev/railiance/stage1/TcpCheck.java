package dev.railiance.stage1;

import dev.railiance.contract.Check;
import dev.railiance.process.BoundedCall;
import dev.railiance.process.Cancellation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whether somebody accepts connections at a TCP address. */
final class TcpCheck {

    private TcpCheck() {}

    /** A host and port; an IPv6 host is written in brackets. */
    record Address(String host, int port) {

        static Optional<Address> parse(String address) {
            int colon = address.lastIndexOf(':');
            if (colon <= 0) {
                return Optional.empty();
            }
            String host = address.substring(0, colon);
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            String bare = bracketed ? host.substring(1, host.length() - 1) : host;
            if (bare.isEmpty() || bracketed != bare.contains(":")) {
                return Optional.empty();
            }
            try {
                int port = Integer.parseInt(address.substring(colon + 1));
                return port > 0 && port < 65536 ? Optional.of(new Address(bare, port)) : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    static Finding make(Check.Tcp check, Duration limit, Cancellation cancellation) {
        return Address.parse(check.address())
                .map(address -> connect(address, check.optional(), limit, cancellation))
                .orElseGet(() -> Finding.errored("the address is not host:port"));
    }

    static Finding connect(Address address, boolean optional, Duration limit, Cancellation cancellation) {
        Attempt attempt = new Attempt(address);
        return switch (BoundedCall.make(attempt, attempt::abort, limit, cancellation)) {
            case BoundedCall.Result.Returned<Boolean> returned ->
                returned.value() ? Finding.PASSED : Finding.failed("no connection");
            case BoundedCall.Result.Late<Boolean> late -> Finding.failed("no connection within " + Spans.words(limit));
            case BoundedCall.Result.Cancelled<Boolean> cancelled -> Finding.INTERRUPTED;
            case BoundedCall.Result.Threw<Boolean> threw ->
                threw.cause() instanceof UnknownHostException
                        ? Finding.missing(optional, "unknown host")
                        : Finding.failed("no connection");
        };
    }

    /** Tries all addresses of the host: a server on "localhost" may listen on the IPv6 one only. */
    private static final class Attempt implements Callable<Boolean> {

        private final Address address;
        private final AtomicReference<@Nullable Socket> current = new AtomicReference<>();
        private volatile boolean aborted;

        Attempt(Address address) {
            this.address = address;
        }

        @Override
        public Boolean call() throws UnknownHostException {
            for (InetAddress each : InetAddress.getAllByName(address.host())) {
                if (!aborted && accepts(new InetSocketAddress(each, address.port()))) {
                    return true;
                }
            }
            return false;
        }

        private boolean accepts(InetSocketAddress socketAddress) {
            try (Socket socket = new Socket(Proxy.NO_PROXY)) {
                current.set(socket);
                socket.connect(socketAddress);
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        void abort() {
            aborted = true;
            try {
                Socket socket = current.get();
                if (socket != null) {
                    socket.close();
                }
            } catch (IOException e) {
                // It was only asked whether it connects.
            }
        }
    }
}
