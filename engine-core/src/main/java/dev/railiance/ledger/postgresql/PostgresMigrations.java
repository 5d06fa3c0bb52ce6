package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The shared ledger's DDL, one file for each format; applied in one transaction, by one process at a time. */
final class PostgresMigrations {

    /** The format that this Railiance writes. */
    static final int FORMAT = 2;

    private PostgresMigrations() {}

    /**
     * The format of the ledger in a schema, 0 if there is none.
     *
     * @throws LedgerException if a newer Railiance has made it
     */
    static int format(Connection connection, String schema) throws SQLException {
        if (!answersTrue(connection, "SELECT to_regclass(?) IS NOT NULL", '"' + schema + "\".ledger")) {
            return 0;
        }
        return requireKnown(connection);
    }

    /** The format of the ledger, one that this Railiance knows. */
    static int requireKnown(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT format FROM ledger")) {
            if (!rows.next()) {
                throw new LedgerException(Kind.DAMAGED, "the shared ledger does not say which format it has");
            }
            requireKnown(rows.getInt(1));
            return rows.getInt(1);
        }
    }

    /** Refuses a format that this Railiance does not know. */
    static void requireKnown(int format) {
        if (format > FORMAT) {
            throw new LedgerException(
                    Kind.FUTURE_VERSION,
                    "the shared ledger has format " + format + ", this Railiance knows formats up to " + FORMAT);
        }
    }

    /** Makes the ledger, or brings it to today's format; in the transaction of the connection. */
    static void migrate(Connection connection, String schema) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, "railiance ledger " + schema);
            lock.execute();
        }
        try (Statement statement = connection.createStatement()) {
            // Asked first: IF NOT EXISTS wants the right to make one also where there is one.
            if (!answersTrue(connection, "SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = ?)", schema)) {
                statement.execute("CREATE SCHEMA \"" + schema + '"');
            }
            for (int format = format(connection, schema) + 1; format <= FORMAT; format++) {
                for (String sql : ddl(format).split(";\n", -1)) {
                    statement.execute(sql);
                }
            }
        }
    }

    private static boolean answersTrue(Connection connection, String question, String argument) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(question)) {
            select.setString(1, argument);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private static String ddl(int format) {
        try (InputStream in = PostgresMigrations.class.getResourceAsStream("V" + format + ".sql")) {
            if (in == null) {
                throw new IllegalStateException("the ledger's DDL is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
