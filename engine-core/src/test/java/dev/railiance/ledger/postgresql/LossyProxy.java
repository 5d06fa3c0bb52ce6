package dev.railiance.ledger.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Stands between client and server, and can cut both off after the server has said that it has committed. */
final class LossyProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final int server;
    private volatile boolean lose;
    private volatile boolean lost;

    private LossyProxy(ServerSocket listening, int server) {
        this.listening = listening;
        this.server = server;
    }

    static LossyProxy to(int server) throws IOException {
        LossyProxy proxy = new LossyProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    int port() {
        return listening.getLocalPort();
    }

    void loseTheNextCommit() {
        lose = true;
    }

    boolean hasLostOne() {
        return lost;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket beyond = new Socket(InetAddress.getLoopbackAddress(), server);
                Thread.ofVirtual().start(() -> pass(client, beyond, false));
                Thread.ofVirtual().start(() -> pass(beyond, client, true));
            }
        } catch (IOException e) {
            // Closed.
            return;
        }
    }

    private void pass(Socket from, Socket to, boolean answers) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] some = new byte[1 << 16];
            for (int length = in.read(some); length >= 0; length = in.read(some)) {
                if (answers && lose && new String(some, 0, length, StandardCharsets.ISO_8859_1).contains("COMMIT")) {
                    lose = false;
                    lost = true;
                    return;
                }
                out.write(some, 0, length);
            }
        } catch (IOException e) {
            // One side is gone, so the other one goes as well.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
