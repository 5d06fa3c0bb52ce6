package dev.railiance.deploy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server that can be cut, as if the server had stopped, and mended. */
final class CuttableWay implements AutoCloseable {

    private final ServerSocket listener;
    private final InetAddress host;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    CuttableWay(String host, int port) throws IOException {
        this.host = InetAddress.getAllByName(host)[0];
        this.port = port;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void cut() {
        cut = true;
        open.forEach(CuttableWay::end);
        open.clear();
    }

    void mend() {
        cut = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket here = listener.accept();
                if (cut) {
                    end(here);
                } else {
                    Socket there = new Socket(host, port);
                    open.add(here);
                    open.add(there);
                    Thread.ofVirtual().start(() -> carry(here, there));
                    Thread.ofVirtual().start(() -> carry(there, here));
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void carry(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Either end has gone.
        } finally {
            end(from);
            end(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
