package dev.railiance.benchmarks;

import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.h2.H2Ledger;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** H2 in a file. */
final class EmbeddedStore implements Store {

    /** The ledger's: without them H2 loses commits that it has acknowledged. */
    private static final String DURABLE = ";REUSE_SPACE=FALSE;MAX_COMPACT_TIME=0";

    private static final String QUIET = ";TRACE_LEVEL_FILE=0;FILE_LOCK=FS;DB_CLOSE_ON_EXIT=FALSE";

    @Override
    public String name() {
        return "H2";
    }

    @Override
    public LedgerLocation.Embedded fresh(Path directory, String name) throws IOException {
        Path place = directory.resolve(name);
        Directories.delete(place);
        return new LedgerLocation.Embedded(place);
    }

    @Override
    public Ledger ledger(LedgerLocation location) {
        return new H2Ledger((LedgerLocation.Embedded) location);
    }

    @Override
    public Connection reading(LedgerLocation location) throws SQLException {
        Path database = ((LedgerLocation.Embedded) location).directory().resolve("ledger");
        return DriverManager.getConnection(
                "jdbc:h2:file:" + database.toAbsolutePath() + QUIET + ";ACCESS_MODE_DATA=r;LAZY_QUERY_EXECUTION=1");
    }

    @Override
    public Bare bare(Path directory, String name) throws IOException {
        Directories.delete(directory.resolve(name + ".mv.db"));
        return new Database("jdbc:h2:file:" + directory.resolve(name).toAbsolutePath() + QUIET + DURABLE);
    }

    @Override
    public void close() {
        // It ends with its connections.
    }

    private static final class Database implements Bare {
        private final String url;
        private final List<Connection> connections = new ArrayList<>();
        private final Map<Connection, PreparedStatement> syncs = new ConcurrentHashMap<>();

        Database(String url) {
            this.url = url;
        }

        @Override
        public Connection connect() throws SQLException {
            Connection connection = DriverManager.getConnection(url);
            connection.setAutoCommit(false);
            connections.add(connection);
            syncs.put(connection, connection.prepareStatement("CHECKPOINT SYNC"));
            return connection;
        }

        @Override
        public String url() {
            return url;
        }

        @Override
        public void tables(Connection connection) throws SQLException, IOException {
            for (String file : List.of("V1.sql", "V2.sql")) {
                try (InputStream in = H2Ledger.class.getResourceAsStream(file);
                        Statement statement = connection.createStatement()) {
                    if (in == null) {
                        throw new IllegalStateException("no DDL");
                    }
                    for (String sql : new String(in.readAllBytes(), StandardCharsets.UTF_8).split(";\n", -1)) {
                        statement.execute(sql);
                    }
                }
            }
            connection.commit();
        }

        @Override
        public void commit(Connection connection) throws SQLException {
            connection.commit();
            PreparedStatement sync = syncs.get(connection);
            if (sync == null) {
                throw new IllegalStateException("not a connection of this database");
            }
            sync.execute();
        }

        @Override
        public boolean keepsHead() {
            return false;
        }

        @Override
        public void close() throws SQLException {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }
}
