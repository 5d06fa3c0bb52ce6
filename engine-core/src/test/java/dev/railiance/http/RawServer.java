package dev.railiance.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers every connection as it is told, HTTP or not. */
public final class RawServer implements AutoCloseable {

    /** Answers one connection, whose request has been read up to the empty line. */
    public interface Behaviour {
        void answer(Socket socket, OutputStream out) throws Exception;
    }

    public final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server;
    private final Behaviour behaviour;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    public RawServer(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Sends the text and closes. */
    public static RawServer saying(String text) throws IOException {
        return new RawServer((socket, out) -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Sends the text a byte at a time, and never closes. */
    public static RawServer dripping(String text, long everyMillis) throws IOException {
        return new RawServer((socket, out) -> {
            for (byte next : text.getBytes(StandardCharsets.ISO_8859_1)) {
                out.write(next);
                Thread.sleep(everyMillis);
            }
            Thread.sleep(60_000);
        });
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: there is nobody left to serve.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            int last = 0;
            // A request ends with an empty line; a TLS hello begins with 22 and has none.
            for (int next = 0; last != 0x0d0a0d0a && next >= 0 && last != 22; last = (last << 8) | next) {
                next = socket.getInputStream().read();
            }
            behaviour.answer(socket, socket.getOutputStream());
        } catch (Exception e) {
            // The client went away, which is its right.
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
