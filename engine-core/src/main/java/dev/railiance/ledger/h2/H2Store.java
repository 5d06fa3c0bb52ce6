package dev.railiance.ledger.h2;

import dev.railiance.ledger.jdbc.EventTable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The H2 database while this process has its turn. */
final class H2Store {

    /** A file that has grown past this many bytes is compacted when it is closed. */
    private static final long COMPACT_FROM = 8L << 20;

    private final H2Directory directory;
    private final ProcessLock lock;
    private Connection connection;
    private long position;
    /** Where the state is noted while the store may be written; null while it is looked at only. */
    private @Nullable FileChannel state;

    private long compacted;

    private H2Store(H2Directory directory, ProcessLock lock, boolean writable) throws IOException, SQLException {
        this.directory = directory;
        this.lock = lock;
        H2State left = H2State.read(directory.state());
        this.compacted = left.compacted();
        this.position = left.closed() ? left.position() : H2Database.lookThrough(directory);
        if (position < left.position()) {
            throw directory.damaged("events are missing");
        }
        if (left.closed() && !left.fits(directory.database())) {
            throw directory.damaged("something other than Railiance has changed it since it was closed");
        }
        boolean outdated = directory.outdated();
        if (outdated) {
            migrate();
        }
        this.connection = writable || outdated || !left.closed()
                ? connectForWriting()
                : H2Database.connect(directory.database(), H2Database.LOOKING_ONLY);
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
        try (FileChannel channel = PrivateFiles.channel(directory.state())) {
            H2State.open(position, compacted).write(channel);
            channel.force(true);
        }
        H2Database.migrate(directory, position);
    }

    private Connection connectForWriting() throws IOException, SQLException {
        FileChannel channel = PrivateFiles.channel(directory.state());
        boolean connected = false;
        try {
            H2State.open(position, compacted).write(channel);
            // If the power fails, the disk must not hold a changed database beside the state from before the change.
            channel.force(true);
            Connection writable = H2Database.connect(directory.database(), H2Database.DURABLE);
            state = channel;
            connected = true;
            return writable;
        } finally {
            if (!connected) {
                channel.close();
            }
        }
    }

    /** Something to do with the database. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    <T> T read(Work<T> work) {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw H2Failure.of(e, directory.path());
        }
    }

    /** From now on the store may be written. */
    void makeWritable() {
        if (state != null) {
            return;
        }
        try {
            connection.close();
            connection = connectForWriting();
        } catch (SQLException | IOException e) {
            throw H2Failure.of(e, directory.path());
        }
    }

    /** Does all of it or nothing. When this returns, it survives kill -9. */
    <T> T write(Work<T> work) {
        FileChannel noted = state;
        if (noted == null) {
            throw new IllegalStateException("the session was opened for looking only");
        }
        try {
            T done = transaction(work);
            try (Statement sync = connection.createStatement()) {
                sync.execute("CHECKPOINT SYNC");
            }
            position = EventTable.head(connection).position();
            H2State.open(position, compacted).write(noted);
            return done;
        } catch (SQLException | IOException e) {
            throw H2Failure.of(e, directory.path());
        }
    }

    private <T> T transaction(Work<T> work) throws SQLException {
        if (!connection.getAutoCommit()) {
            throw new IllegalStateException("a transaction inside a transaction");
        }
        connection.setAutoCommit(false);
        boolean committed = false;
        try {
            T done = work.on(connection);
            connection.commit();
            committed = true;
            return done;
        } finally {
            if (!committed) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    void close() {
        try (FileChannel noted = state) {
            connection.close();
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

    /** Only when most of it is waste: otherwise a ledger that is large for good would be rewritten each time. */
    private void compactIfGrown() throws IOException {
        if (Files.size(directory.database()) < COMPACT_FROM + 2 * compacted) {
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
