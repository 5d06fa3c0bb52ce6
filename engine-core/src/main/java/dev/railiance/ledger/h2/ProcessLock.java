package dev.railiance.ledger.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An exclusive lock on a file that the operating system gives back when its holder dies.
 *
 * <p>POSIX keeps such locks per process and drops them all as soon as the process closes any descriptor of the file. So a
 * second channel on the same file in this JVM must never exist, even for a moment. A lock on a byte of another file, the
 * turnstile, sees to that: it is shared, so other processes do not notice it, but the JVM refuses to give it twice.
 */
final class ProcessLock implements AutoCloseable {

    private static final long SHORTEST_PAUSE = 1;
    private static final long LONGEST_PAUSE = 16;

    private final FileChannel turnstile;
    private final FileChannel file;

    private ProcessLock(FileChannel turnstile, FileChannel file) {
        this.turnstile = turnstile;
        this.file = file;
    }

    /**
     * Takes the lock if it is free now, otherwise answers null.
     *
     * @param turnstile a file of the same directory, never deleted
     */
    static @Nullable ProcessLock tryTake(Path turnstile, Path file) throws IOException {
        FileChannel gate = PrivateFiles.channel(turnstile);
        boolean taken = false;
        try {
            if (!shared(gate)) {
                return null;
            }
            FileChannel channel = PrivateFiles.channel(file);
            try {
                FileLock lock = channel.tryLock();
                taken = lock != null;
                return taken ? new ProcessLock(gate, channel) : null;
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
        } finally {
            if (!taken) {
                gate.close();
            }
        }
    }

    /** Lets who has the lock know that somebody waits for it. */
    interface Knock {
        void knock() throws IOException;
    }

    /**
     * Waits for the lock; null if it is not free before {@link System#nanoTime()} reaches {@code deadline}.
     *
     * @param knock called after each try in vain
     */
    static @Nullable ProcessLock take(Path turnstile, Path file, long deadline, Knock knock)
            throws IOException, InterruptedException {
        long pause = SHORTEST_PAUSE;
        while (true) {
            ProcessLock lock = tryTake(turnstile, file);
            if (lock != null || System.nanoTime() - deadline >= 0) {
                return lock;
            }
            knock.knock();
            // Not a blocking lock: that one can neither end in time nor be interrupted without closing the file.
            Thread.sleep(pause);
            pause = Math.min(LONGEST_PAUSE, pause * 2);
        }
    }

    private static boolean shared(FileChannel gate) throws IOException {
        try {
            return gate.tryLock(0, 1, true) != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Gives the lock back. */
    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            turnstile.close();
        }
    }
}
