package dev.railiance.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reads one stream of a process to its end, keeps its first bytes and passes everything on. */
final class StreamDrain {

    /** How long a sink may hold up the process before nothing more is passed to it. */
    static final long SINK_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final int CHUNK = 1 << 16;

    private final OutputSink.Stream name;
    private final InputStream stream;
    private final int capture;
    private final OutputSink sink;
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean sinkWorks = true;
    private volatile boolean inSink;
    private volatile long inSinkSince;
    private int reader;

    StreamDrain(OutputSink.Stream name, InputStream stream, int capture, OutputSink sink) {
        this.name = name;
        this.stream = stream;
        this.capture = capture;
        this.sink = sink;
    }

    /** Starts the reading thread. */
    void start() {
        int number = reader;
        Thread.ofPlatform()
                .daemon()
                .name("process-" + name.name().toLowerCase(java.util.Locale.ROOT))
                .start(() -> read(number));
    }

    private void read(int number) {
        byte[] buffer = new byte[CHUNK];
        while (true) {
            int length = next(buffer);
            if (!take(number, buffer, length)) {
                return;
            }
            if (length < 0) {
                ended.countDown();
                return;
            }
            if (!pass(number, buffer, length)) {
                return;
            }
        }
    }

    private int next(byte[] buffer) {
        try {
            return stream.read(buffer);
        } catch (IOException first) {
            // The JDK swaps the stream for a copy of its rest when the process ends: a read caught in that moment fails
            // once.
            try {
                return stream.read(buffer);
            } catch (IOException closed) {
                return -1;
            }
        }
    }

    private synchronized boolean take(int number, byte[] buffer, int length) {
        if (number != reader) {
            return false;
        }
        if (length > 0 && captured.size() < capture) {
            captured.write(buffer, 0, Math.min(length, capture - captured.size()));
        }
        return true;
    }

    /** Returns false when another thread took the reading over while the sink was busy. */
    private boolean pass(int number, byte[] buffer, int length) {
        if (!sinkWorks) {
            return true;
        }
        inSinkSince = System.nanoTime();
        inSink = true;
        try {
            sink.write(name, buffer, length);
        } catch (RuntimeException | Error e) {
            // What a sink does wrong is not the process's fault: it runs on unheard.
            sinkWorks = false;
        }
        synchronized (this) {
            if (number != reader) {
                return false;
            }
            inSink = false;
            return true;
        }
    }

    /** Goes on reading in a new thread, without the sink, when the sink has held the old one for too long. */
    synchronized void relieve() {
        if (inSink && System.nanoTime() - inSinkSince > SINK_PATIENCE_NANOS) {
            sinkWorks = false;
            inSink = false;
            reader++;
            start();
        }
    }

    /** Waits for the end of the stream until {@code deadline} (nanoTime). */
    boolean awaitEnd(long deadline) throws InterruptedException {
        return ended.await(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    synchronized Captured captured() {
        return new Captured(captured.toByteArray(), captured.size());
    }
}
