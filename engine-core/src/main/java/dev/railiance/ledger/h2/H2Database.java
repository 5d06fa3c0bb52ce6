package dev.railiance.ledger.h2;

import dev.railiance.ledger.jdbc.EventTable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.store.fs.FilePath;

/** The database file as a whole: made, opened, looked through, compacted; by who holds the directory's lock. */
final class H2Database {

    /**
     * What makes an acknowledged commit survive kill -9, together with {@code CHECKPOINT SYNC} after it: without these two
     * H2 writes new data into holes of the file, and a header that points there before the data is whole.
     */
    static final String DURABLE = ";REUSE_SPACE=FALSE;MAX_COMPACT_TIME=0";

    /** In this mode H2 does not write a byte. */
    static final String LOOKING_ONLY = ";ACCESS_MODE_DATA=r";

    /** H2's trace file would quote statements and values. */
    private static final String QUIET = ";TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";

    /** H2's own lock keeps other programs out; its shutdown hook would close the store under a running transaction. */
    private static final String ALONE = ";FILE_LOCK=FS;DB_CLOSE_ON_EXIT=FALSE";

    private static final String SUFFIX = ".mv.db";

    static {
        FilePath.register(new SteadyFiles());
    }

    private H2Database() {}

    /** Opens a database that is there. */
    static Connection connect(Path database, String settings) throws SQLException {
        String file = database.toString();
        String url = "jdbc:h2:" + SteadyFiles.SCHEME + ":" + file.substring(0, file.length() - SUFFIX.length()) + QUIET
                + ALONE + settings;
        // Not through DriverManager, which would load every JDBC driver of the class path.
        return new JdbcConnection(url, new Properties(), "", "", true);
    }

    /**
     * Has the JVM load what opening a database needs. That takes some 300 ms the first time, which somebody who has to wait
     * anyway had better spend while he waits than while others wait for him.
     */
    static void loadClasses() {
        try (Connection nowhere = new JdbcConnection("jdbc:h2:mem:" + QUIET, new Properties(), "", "", false)) {
            nowhere.prepareStatement("SELECT 1").close();
        } catch (SQLException e) {
            // Then opening the real one will say what is wrong.
            return;
        }
    }

    /** The database appears under its name when it is complete, so that one cut short is never taken for a damaged one. */
    static void create(H2Directory directory) throws IOException, SQLException {
        Path fresh = directory.fresh();
        // First: a format without either file is what a lost database looks like.
        Files.deleteIfExists(directory.format());
        Files.deleteIfExists(fresh);
        PrivateFiles.channel(fresh).close();
        try (Connection connection = connect(fresh, "")) {
            H2Migrations.create(connection);
        }
        try (RandomAccessFile state = PrivateFiles.open(directory.state())) {
            H2State.closed(fresh, 0, 0).write(state);
            state.getFD().sync();
        }
        directory.writeFormat();
        Files.move(fresh, directory.database(), StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.sync(directory.path());
    }

    /**
     * Brings a database of an older format to today's: in a copy, so that there is a whole file under its name at any
     * moment. The format file follows last; a database that is ahead of it is brought no further.
     */
    static void migrate(H2Directory directory, long position) throws IOException, SQLException {
        Path copy = copied(directory, "migrate");
        try {
            try (Connection connection = connect(copy, "")) {
                H2Migrations.upgrade(connection);
            }
            PrivateFiles.close(copy);
            if (last(copy) != position) {
                throw directory.damaged("a copy in the new format lacks events");
            }
            H2State.closed(copy, position, 0);
            Files.move(copy, directory.database(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            PrivateFiles.sync(directory.path());
            directory.writeFormat();
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /**
     * Reads every event of a database that nobody closed, without changing it: in a copy, since H2 repairs what it opens,
     * and keeps the file's lock for a while where it cannot.
     *
     * @return the position of the last one, or -1 if any before it is missing
     */
    static long lookThrough(H2Directory directory) throws IOException, SQLException {
        Path copy = copied(directory, "look");
        try {
            return last(copy);
        } finally {
            Files.delete(copy);
        }
    }

    private static Path copied(H2Directory directory, String name) throws IOException {
        PrivateFiles.directory(directory.copies());
        Path copy = directory.copies().resolve(name + SUFFIX);
        Files.deleteIfExists(copy);
        PrivateFiles.channel(copy).close();
        return Files.copy(directory.database(), copy, StandardCopyOption.REPLACE_EXISTING);
    }

    private static long last(Path database) throws IOException, SQLException {
        try (Connection looking = connect(database, "")) {
            H2Migrations.upgrade(looking);
            EventTable.scan(looking, 0, event -> {});
            long last = EventTable.head(looking).position();
            return EventTable.count(looking) == last ? last : -1;
        }
    }

    /**
     * Frees what the database no longer needs, and answers how long it is then. That happens in a copy, so that there is
     * a whole file under the database's name at any moment, and none that others may read.
     *
     * @param position of the last event
     */
    static long compact(H2Directory directory, long position) throws IOException, SQLException {
        PrivateFiles.directory(directory.copies());
        Path copy = directory.copies().resolve("compact" + SUFFIX);
        try {
            compact(directory.database(), copy);
            PrivateFiles.close(copy);
            if (last(copy) != position) {
                throw directory.damaged("a compacted copy lacks events");
            }
            long length = H2State.closed(copy, position, 0).length();
            Files.move(copy, directory.database(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            PrivateFiles.sync(directory.path());
            return length;
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** What H2's SHUTDOWN COMPACT does, without a first copy that has everything which is not needed. */
    private static void compact(Path database, Path copy) throws IOException {
        try {
            MVStore.compact(database.toString(), copy.toString(), true, null);
        } catch (MVStoreException e) {
            throw new IOException("H2 error " + e.getErrorCode(), e);
        }
    }
}
