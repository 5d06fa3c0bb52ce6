package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.Samples;
import dev.railiance.ledger.SharedLocation;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between client and server, counts how often the client waits for an answer, and can hold a commit back: cut its
 * client off, and hand it to the server later.
 */
public final class WatchedProxy implements AutoCloseable {

    /** What a client may ask for in place of a start: encryption. */
    private static final int FIRST_REQUEST = 80_877_103;

    /** Ends each message that is answered as a whole; the driver sends BEGIN ahead of one without waiting. */
    private static final byte SYNC = 'S';

    private static final byte TERMINATE = 'X';

    private final ServerSocket listening;
    private final int server;
    private final AtomicInteger waits = new AtomicInteger();
    private final CountDownLatch late = new CountDownLatch(1);
    private final CountDownLatch handled = new CountDownLatch(1);
    private volatile boolean hold;

    private WatchedProxy(ServerSocket listening, int server) {
        this.listening = listening;
        this.server = server;
    }

    /** A proxy before a server. */
    public static WatchedProxy to(RealPostgres server) throws IOException {
        WatchedProxy proxy = new WatchedProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server.port());
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    int port() {
        return listening.getLocalPort();
    }

    /** The same ledger, by way of this proxy. */
    public SharedLocation inFrontOf(SharedLocation location) {
        return SharedLocation.of(
                location.url().replace(":" + server + "/", ":" + port() + "/"),
                location.user().orElseThrow(),
                location.password().orElseThrow());
    }

    /** How often clients have waited for an answer since this was asked last. */
    public int waits() {
        return waits.getAndSet(0);
    }

    void holdTheNextCommit() {
        hold = true;
    }

    /** Hands the commit to the server, and returns when that has done with it. */
    void handOver() throws InterruptedException {
        late.countDown();
        handled.await();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket beyond = new Socket(InetAddress.getLoopbackAddress(), server);
                Thread.ofVirtual().start(() -> passQuestions(client, beyond));
                Thread.ofVirtual().start(() -> passAnswers(beyond, client));
            }
        } catch (IOException e) {
            // Closed.
            return;
        }
    }

    private void passQuestions(Socket client, Socket beyond) {
        try (client;
                beyond;
                DataInputStream in = new DataInputStream(client.getInputStream());
                DataOutputStream out = new DataOutputStream(beyond.getOutputStream())) {
            passStart(in, out);
            while (true) {
                byte type = in.readByte();
                byte[] rest = rest(in);
                if (hold
                        && new String(rest, StandardCharsets.ISO_8859_1)
                                .contains(Samples.event(1, 0).type())) {
                    hold = false;
                    passLate(type, rest, in, client, out);
                    return;
                }
                waits.addAndGet(type == SYNC ? 1 : 0);
                write(type, rest, out);
            }
        } catch (IOException e) {
            // One side is gone, so the other one goes as well.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void passStart(DataInputStream in, DataOutputStream out) throws IOException {
        int request = FIRST_REQUEST;
        while (request >= FIRST_REQUEST) {
            byte[] rest = new byte[in.readInt() - 2 * Integer.BYTES];
            request = in.readInt();
            in.readFully(rest);
            out.writeInt(rest.length + 2 * Integer.BYTES);
            out.writeInt(request);
            out.write(rest);
        }
    }

    /** What was said is kept from the server, which begins as soon as it has heard something, until it is handed over. */
    private void passLate(byte first, byte[] content, DataInputStream in, Socket client, DataOutputStream out)
            throws IOException, InterruptedException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        DataOutputStream keeping = new DataOutputStream(kept);
        byte type = first;
        write(type, content, keeping);
        while (type != SYNC) {
            type = in.readByte();
            write(type, rest(in), keeping);
        }
        write(TERMINATE, new byte[0], keeping);
        client.shutdownOutput();
        late.await();
        out.write(kept.toByteArray());
        handled.await();
    }

    private static byte[] rest(DataInputStream in) throws IOException {
        byte[] rest = new byte[in.readInt() - Integer.BYTES];
        in.readFully(rest);
        return rest;
    }

    private static void write(byte type, byte[] rest, DataOutputStream out) throws IOException {
        out.writeByte(type);
        out.writeInt(rest.length + Integer.BYTES);
        out.write(rest);
    }

    private void passAnswers(Socket beyond, Socket client) {
        try (beyond;
                client;
                InputStream in = beyond.getInputStream()) {
            byte[] some = new byte[1 << 16];
            for (int length = in.read(some); length >= 0; length = in.read(some)) {
                if (!client.isOutputShutdown()) {
                    client.getOutputStream().write(some, 0, length);
                }
            }
        } catch (IOException e) {
            // One side is gone, so the other one goes as well.
            return;
        } finally {
            if (client.isOutputShutdown()) {
                handled.countDown();
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
