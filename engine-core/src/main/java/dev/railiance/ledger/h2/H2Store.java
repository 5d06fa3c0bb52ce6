package dev.railiance.ledger.h2;

import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.ledger.jdbc.EventTable;
import dev.railiance.promotion.PromotionId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** The H2 database while this process has its turn. */
final class H2Store {

    /**
     * A file that has grown by this many bytes and a quarter is compacted when it is closed: often enough that what opens it, which
     * takes some 15 µs for each chunk of the file, one for each commit since, stays within a fifth, and so seldom that a commit's
     * share of it does not grow with the ledger.
     */
    private static final long COMPACT_FROM = 8L << 20;

    /** A file that has grown past this many bytes is closed and compacted although it is in use. */
    private static final long END_FROM = 256L << 20;

    /** How often it is seen whether it has. */
    private static final long LOOK_AFTER_COMMITS = 256;

    private static final long LOOK_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final H2Directory directory;
    private final ProcessLock lock;
    private final long opened = System.nanoTime();
    private final long wantedBefore;
    private final long noted;
    /** Every connection there is: the writer's, if the store may be written, and those of the readers. */
    private final Queue<Connection> connections = new ConcurrentLinkedQueue<>();
    /** Readers' connections that nobody uses now. */
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    /** Held for reading by who reads, for writing by who replaces the connections. */
    private final ReentrantReadWriteLock access = new ReentrantReadWriteLock();
    /** Where the state is noted while the store may be written; null while it is looked at only. */
    private volatile @Nullable RandomAccessFile state;

    private volatile @Nullable WriteQueue writes;
    private volatile boolean failed;
    private volatile boolean grown;
    private long lookedAt;
    private boolean wantedLately;
    private long position;
    private long compacted;
    private long commits;

    private H2Store(H2Directory directory, ProcessLock lock, boolean writable) throws IOException, SQLException {
        this.directory = directory;
        this.lock = lock;
        this.wantedBefore = directory.wanted();
        H2State left = H2State.read(directory.state());
        this.noted = left.position();
        this.compacted = left.compacted();
        this.position = left.closed() ? left.position() : H2Database.lookThrough(directory);
        if (position < left.position()) {
            throw directory.damaged("events are missing");
        }
        if (left.closed() && !left.fits(directory.database())) {
            throw directory.damaged("something other than Railiance has changed it since it was closed; if audit verify"
                    + " finds it intact, remove " + directory.state().getFileName() + " to have it opened");
        }
        boolean outdated = directory.outdated();
        if (outdated) {
            migrate();
        }
        if (writable || outdated || !left.closed()) {
            connectForWriting();
        } else {
            idle.push(connect());
        }
    }

    static @Nullable H2Store open(H2Directory directory, long deadline) {
        directory.exists();
        directory.make();
        return locked(directory, deadline, true);
    }

    /** Null if there is no ledger. */
    static @Nullable H2Store openExisting(H2Directory directory, long deadline) {
        return directory.exists() ? locked(directory, deadline, false) : null;
    }

    private static @Nullable H2Store locked(H2Directory directory, long deadline, boolean writable) {
        ProcessLock lock = directory.tryLock();
        if (lock == null) {
            H2Database.loadClasses();
            lock = directory.lock(deadline);
        }
        boolean opened = false;
        try {
            if (!directory.complete()) {
                if (!writable) {
                    return null;
                }
                H2Database.create(directory);
            }
            H2Store store = new H2Store(directory, lock, writable);
            opened = true;
            return store;
        } catch (SQLException | IOException e) {
            throw H2Failure.of(e, directory.path());
        } finally {
            if (!opened) {
                release(directory, lock);
            }
        }
    }

    private void migrate() throws IOException, SQLException {
        try (RandomAccessFile noted = PrivateFiles.open(directory.state())) {
            H2State.open(position, compacted).write(noted);
            noted.getFD().sync();
        }
        H2Database.migrate(directory, position);
    }

    private void connectForWriting() throws IOException, SQLException {
        RandomAccessFile noted = PrivateFiles.open(directory.state());
        boolean connected = false;
        try {
            H2State.open(position, compacted).write(noted);
            // If the power fails, the disk must not hold a changed database beside the state from before the change.
            noted.getFD().sync();
            Connection writer = H2Database.connect(directory.database(), H2Database.DURABLE);
            connections.add(writer);
            writes = new WriteQueue(writer, last -> durable(noted, last));
            state = noted;
            connected = true;
        } finally {
            if (!connected) {
                try (noted) {
                    closeConnections();
                }
            }
        }
    }

    /** Something to do with the database. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    <T> T read(Work<T> work) {
        access.readLock().lock();
        try {
            Connection borrowed = idle.poll();
            Connection connection = borrowed != null ? borrowed : connect();
            try {
                return work.on(connection);
            } finally {
                idle.push(connection);
            }
        } catch (SQLException e) {
            failed = true;
            throw H2Failure.of(e, directory.path());
        } finally {
            access.readLock().unlock();
        }
    }

    /** The events of a promotion from a sequence on. */
    List<StoredEvent> events(PromotionId promotion, long fromSequence) {
        WriteQueue queue = writes;
        Optional<StoredEvent> last = queue == null ? Optional.empty() : queue.last(promotion);
        // Nobody else appends while the store is open, so what comes after the last event written is known: nothing.
        return last.isPresent() && fromSequence >= last.get().sequence()
                ? last.stream()
                        .filter(event -> event.sequence() == fromSequence)
                        .toList()
                : read(connection -> EventTable.of(connection, promotion, fromSequence));
    }

    private Connection connect() throws SQLException {
        Connection connection =
                H2Database.connect(directory.database(), state != null ? H2Database.DURABLE : H2Database.LOOKING_ONLY);
        connections.add(connection);
        return connection;
    }

    /** To be called before anything is waited for: who reads would wait for himself. */
    void requireNotReadingOnly() {
        if (state == null && access.getReadHoldCount() > 0) {
            throw new IllegalStateException("a ledger that is being read cannot become writable under the reader");
        }
    }

    /** From now on the store may be written; false if it is still being read when the deadline comes. */
    boolean makeWritable(long deadline) throws InterruptedException {
        if (state != null) {
            return true;
        }
        if (!access.writeLock().tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        try {
            idle.clear();
            closeConnections();
            connectForWriting();
            return true;
        } catch (SQLException | IOException e) {
            failed = true;
            throw H2Failure.of(e, directory.path());
        } finally {
            access.writeLock().unlock();
        }
    }

    /** Does all of it or nothing. When this returns, it survives kill -9. */
    <T> T write(WriteQueue.Write<T> work) {
        return written(queue -> queue.write(work));
    }

    /** The same, when everything before it has been written. */
    <T> T writeAlone(WriteQueue.Write<T> work) {
        return written(queue -> queue.writeAlone(work));
    }

    private interface Queued<T> {
        T on(WriteQueue queue) throws SQLException, IOException;
    }

    private <T> T written(Queued<T> work) {
        WriteQueue queue = writes;
        if (queue == null) {
            throw new IllegalStateException("the session was opened for looking only");
        }
        return Uninterrupted.get(() -> {
            try {
                return work.on(queue);
            } catch (SQLException | IOException e) {
                failed = true;
                throw H2Failure.of(e, directory.path());
            }
        });
    }

    /** Called by whoever has the turn to write. */
    private void durable(RandomAccessFile noted, long last) throws IOException {
        position = last;
        H2State.open(last, compacted).write(noted);
        if (++commits % LOOK_AFTER_COMMITS == 0) {
            grown = Files.size(directory.database()) > END_FROM + 2 * compacted;
        }
    }

    /**
     * Returns when everything that could be seen so far is on the disk.
     *
     * @throws LedgerException if it will never be
     */
    void awaitSync() {
        WriteQueue queue = writes;
        if (queue != null && !queue.awaitSync()) {
            throw new LedgerException(
                    LedgerException.Kind.UNAVAILABLE,
                    "the ledger in " + directory.path() + " was closed after a fault");
        }
    }

    /** Whether the database or the disk refused something: then the store had better be closed. */
    boolean failed() {
        WriteQueue queue = writes;
        return failed || (queue != null && queue.isBroken());
    }

    /** Whether the file has become so long that it is time for closing and compacting it. */
    boolean grown() {
        return grown;
    }

    /** The position of the last event that was certainly there before the store was opened. */
    long noted() {
        return noted;
    }

    /** For how many nanoseconds it has been open. */
    long age() {
        return System.nanoTime() - opened;
    }

    /** Whether somebody else has been waiting for the lock since it was taken. */
    boolean wanted() {
        return directory.wanted() != wantedBefore;
    }

    /** The same, but asks the file system only now and then; for who holds the turns' lock. */
    boolean wantedLately() {
        long now = System.nanoTime();
        if (now - lookedAt > LOOK_AFTER_NANOS) {
            lookedAt = now;
            wantedLately = wanted();
        }
        return wantedLately;
    }

    void close() {
        try (RandomAccessFile noted = state) {
            closeConnections();
            if (noted != null) {
                compactIfGrown();
                H2State.closed(directory.database(), position, compacted).write(noted);
            }
        } catch (SQLException | IOException e) {
            throw H2Failure.of(e, directory.path());
        } finally {
            release(directory, lock);
        }
    }

    /** The last one closes the database, which must not stay open without the lock. */
    private void closeConnections() throws SQLException {
        writes = null;
        SQLException first = null;
        for (Connection next = connections.poll(); next != null; next = connections.poll()) {
            try {
                next.close();
            } catch (SQLException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Not each time: a ledger that is large for good takes seconds to copy. */
    private void compactIfGrown() throws IOException {
        if (Files.size(directory.database()) < COMPACT_FROM + compacted + compacted / 4) {
            return;
        }
        try {
            compacted = H2Database.compact(directory, position);
        } catch (SQLException | IOException e) {
            // No space for a copy, say. The store itself is closed and whole: the next one may try again.
            return;
        }
    }

    private static void release(H2Directory directory, ProcessLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw H2Failure.of(e, directory.path());
        }
    }
}
