package dev.railiance.cli.output;

import dev.railiance.process.OutputSink;
import dev.railiance.promotion.Step;
import dev.railiance.stage1.ValidationListener;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Shows work while it is done: on a terminal one line that is drawn anew, elsewhere a line where a step begins and one where
 * it ends. What commands print goes the same way, so that neither cuts the other in two.
 */
public final class Progress implements ValidationListener, OutputSink, AutoCloseable {

    private static final String ERASE = "\r\u001b[K";
    private static final long REDRAW_MILLIS = 200;

    private final OutputStream err;
    private final Terminal terminal;
    private final boolean live;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private @Nullable String step;
    private String next = "";
    private long begunNanos;
    private boolean drawn;
    private boolean closed;
    private boolean atLineStart = true;

    /** Progress on an error stream. */
    public Progress(OutputStream err, Terminal terminal) {
        this.err = err;
        this.terminal = terminal;
        this.live = terminal.err() && terminal.redraw();
        if (live) {
            Thread.ofPlatform().daemon().name("progress").start(this::redraw);
        }
    }

    @Override
    public void stepStarted(String name, Step.Kind kind, int position, int total, Optional<String> following) {
        lock.lock();
        try {
            step = "[" + position + "/" + total + "] " + kind.name().toLowerCase(Locale.ROOT) + " " + Plain.line(name);
            next = following.map(Plain::line).map(then -> ", next: " + then).orElse("");
            begunNanos = System.nanoTime();
            if (live) {
                draw();
            } else {
                line(step + next);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stepFinished(Step finished) {
        lock.lock();
        try {
            erase();
            // Where the answer is text on the same terminal, it says this again.
            if (step != null && !(live && terminal.out())) {
                line(step + ": " + finished.verdict().name().toLowerCase(Locale.ROOT) + ", "
                        + Words.span(finished.duration().toMillis())
                        + finished.reason()
                                .map(Plain::line)
                                .map(why -> ", " + why)
                                .orElse(""));
            }
            step = null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(Stream stream, byte[] bytes, int length) {
        if (length == 0) {
            return;
        }
        lock.lock();
        try {
            erase();
            put(bytes, length);
            atLineStart = bytes[length - 1] == '\n';
        } finally {
            lock.unlock();
        }
    }

    /** Takes the line away and leaves the cursor at the beginning of one. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
            erase();
            if (!atLineStart) {
                put("\n");
                atLineStart = true;
            }
        } finally {
            lock.unlock();
        }
    }

    private void redraw() {
        lock.lock();
        try {
            while (!closed) {
                draw();
                if (closing.await(REDRAW_MILLIS, TimeUnit.MILLISECONDS) && closed) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** A command in the middle of its own line keeps it. */
    private void draw() {
        if (step == null || !atLineStart || closed) {
            return;
        }
        String text = step + "  " + Words.span((System.nanoTime() - begunNanos) / 1_000_000) + next;
        // The last column stays free: some terminals break the line when it is filled.
        int room = terminal.columns() - 1;
        put(ERASE + (text.length() > room ? text.substring(0, room) : text));
        drawn = true;
    }

    private void erase() {
        if (drawn) {
            put(ERASE);
            drawn = false;
        }
    }

    private void line(String text) {
        put((atLineStart ? "" : "\n") + text + "\n");
        atLineStart = true;
    }

    private void put(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        put(bytes, bytes.length);
    }

    private void put(byte[] bytes, int length) {
        try {
            err.write(bytes, 0, length);
            err.flush();
        } catch (IOException ignored) {
            // Nobody is looking any more; the work goes on.
        }
    }
}
