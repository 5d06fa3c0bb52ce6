package dev.railiance.benchmarks;

import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.SharedLocation;
import dev.railiance.ledger.postgresql.PostgresLedger;
import dev.railiance.ledger.postgresql.RealPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A PostgreSQL server of this run's own, with the durability that it comes with. */
final class SharedStore implements Store {

    private final RealPostgres server;

    SharedStore() throws IOException {
        // What a server of a team would have at least; all else is as it comes.
        server = RealPostgres.start("shared_buffers=256MB", "max_wal_size=4GB");
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public SharedLocation fresh(Path directory, String name) throws SQLException {
        String schema = schema(name);
        try (Connection connection = server.connect();
                var drop = connection.createStatement()) {
            drop.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
        }
        return server.ledger(schema);
    }

    private static String schema(String name) {
        return name.replace('-', '_');
    }

    @Override
    public Ledger ledger(LedgerLocation location) {
        return new PostgresLedger((SharedLocation) location);
    }

    @Override
    public Connection reading(LedgerLocation location) throws SQLException {
        return connected((SharedLocation) location);
    }

    private static Connection connected(SharedLocation location) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", location.user().orElseThrow());
        properties.setProperty("password", location.password().orElseThrow());
        properties.setProperty("prepareThreshold", "1");
        Connection connection = DriverManager.getConnection(location.url(), properties);
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public Bare bare(Path directory, String name) throws SQLException {
        return new Database(fresh(directory, name));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static final class Database implements Bare {
        private final SharedLocation location;
        private final List<Connection> connections = new ArrayList<>();

        Database(SharedLocation location) {
            this.location = location;
        }

        @Override
        public Connection connect() throws SQLException {
            Connection connection = connected(location);
            connections.add(connection);
            return connection;
        }

        @Override
        public String url() {
            return location.url() + "&user=" + location.user().orElseThrow() + "&password="
                    + location.password().orElseThrow();
        }

        /** Made by the ledger itself: an empty one. */
        @Override
        public void tables(Connection connection) {
            try (Ledger ledger = new PostgresLedger(location)) {
                ledger.open().close();
            }
        }

        @Override
        public void commit(Connection connection) throws SQLException {
            connection.commit();
        }

        @Override
        public boolean keepsHead() {
            return true;
        }

        @Override
        public void close() throws SQLException {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }
}
