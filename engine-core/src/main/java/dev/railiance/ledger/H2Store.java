package dev.railiance.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;

/** The H2 database while this process has its turn. */
final class H2Store {

    /**
     * What makes an acknowledged commit survive kill -9, together with {@code CHECKPOINT SYNC} after it: without these two H2
     * writes new data into the holes of the file, and a header that points there before it is whole.
     */
    private static final String DURABLE = ";REUSE_SPACE=FALSE;MAX_COMPACT_TIME=0";

    /** H2's trace file would quote statements and values. */
    private static final String QUIET = ";TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";

    private static final String SETTINGS = DURABLE + QUIET + ";DB_CLOSE_ON_EXIT=FALSE;FILE_LOCK=FS;IFEXISTS=TRUE";

    /** A file larger than this is compacted when it is closed, in bytes. */
    private static final long COMPACT_FROM = 8L << 20;

    private final H2Directory directory;
    private final ProcessLock lock;
    private final Connection connection;

    private H2Store(H2Directory directory, ProcessLock lock, Connection connection) {
        this.directory = directory;
        this.lock = lock;
        this.connection = connection;
    }

    static H2Store open(H2Directory directory, long deadline) {
        directory.exists();
        directory.make();
        return opened(directory, deadline);
    }

    /** Null if there is no ledger. */
    static @Nullable H2Store openExisting(H2Directory directory, long deadline) {
        return directory.exists() ? opened(directory, deadline) : null;
    }

    private static H2Store opened(H2Directory directory, long deadline) {
        if (Files.exists(directory.format())) {
            directory.requireKnownFormat();
        }
        ProcessLock lock = directory.lock(deadline);
        boolean open = false;
        try {
            if (!directory.exists()) {
                create(directory);
            }
            directory.requireKnownFormat();
            H2Store store = new H2Store(directory, lock, connect(directory.database()));
            open = true;
            return store;
        } catch (SQLException e) {
            throw H2Failure.of(e);
        } catch (IOException e) {
            throw directory.unavailable(e);
        } finally {
            if (!open) {
                release(directory, lock);
            }
        }
    }

    /** The database appears under its name when it is complete, so that one cut short is never taken for a damaged one. */
    private static void create(H2Directory directory) throws IOException, SQLException {
        Path fresh = directory.path().resolve("fresh.mv.db");
        Files.deleteIfExists(fresh);
        PrivateFiles.channel(fresh).close();
        try (Connection connection = connect(fresh);
                Statement statement = connection.createStatement()) {
            for (String sql : ddl().split(";\n", -1)) {
                statement.execute(sql);
            }
            statement.execute("SHUTDOWN");
        }
        directory.writeFormat();
        Files.move(fresh, directory.database());
    }

    private static String ddl() throws IOException {
        try (InputStream in = H2Store.class.getResourceAsStream("h2/V1.sql")) {
            if (in == null) {
                throw new IllegalStateException("the ledger's DDL is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Connection connect(Path database) throws SQLException {
        String file = database.toString();
        if (file.contains(";")) {
            throw new LedgerException(
                    LedgerException.Kind.UNAVAILABLE, "a ledger's directory may not have a semicolon in its path");
        }
        String url = "jdbc:h2:file:" + file.substring(0, file.length() - ".mv.db".length()) + SETTINGS;
        // Not through DriverManager: that one would load every JDBC driver of the class path.
        return new JdbcConnection(url, new Properties(), "", "", true);
    }

    <T> T read(H2Ledger.Work<T> work) {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw H2Failure.of(e);
        }
    }

    /** All or nothing; what was written survives kill -9 when this returns. */
    void write(H2Ledger.Work<?> work) {
        try {
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                work.on(connection);
                connection.commit();
                committed = true;
            } finally {
                if (!committed) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
            execute("CHECKPOINT SYNC");
        } catch (SQLException e) {
            throw H2Failure.of(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void close() {
        try (connection) {
            execute(Files.size(directory.database()) > COMPACT_FROM ? "SHUTDOWN COMPACT" : "SHUTDOWN");
        } catch (SQLException e) {
            throw H2Failure.of(e);
        } catch (IOException e) {
            throw directory.unavailable(e);
        } finally {
            release(directory, lock);
        }
    }

    private static void release(H2Directory directory, ProcessLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw directory.unavailable(e);
        }
    }
}
