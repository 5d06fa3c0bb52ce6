package dev.railiance.ledger.h2;

import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.ledger.jdbc.EventTable;
import dev.railiance.promotion.PromotionId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The embedded ledger's DDL, one file for each format, each with what it takes to bring the rows before it up to date. */
final class H2Migrations {

    /** The format that this Railiance writes. */
    static final int FORMAT = 2;

    private H2Migrations() {}

    /** Makes the tables of a new database. */
    static void create(Connection connection) throws SQLException, IOException {
        apply(connection, 1);
    }

    /** Brings a database to today's format. One that is no ledger is a failure, and does not become one. */
    static void upgrade(Connection connection) throws SQLException, IOException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT format FROM ledger")) {
            rows.next();
            apply(connection, rows.getInt(1) + 1);
        }
    }

    private static void apply(Connection connection, int first) throws SQLException, IOException {
        for (int format = first; format <= FORMAT; format++) {
            try (Statement statement = connection.createStatement()) {
                for (String sql : ddl(format).split(";\n", -1)) {
                    statement.execute(sql);
                }
            }
            if (format == 2) {
                seal(connection);
            }
        }
    }

    private static String ddl(int format) throws IOException {
        try (InputStream in = H2Migrations.class.getResourceAsStream("V" + format + ".sql")) {
            if (in == null) {
                throw new IllegalStateException("the ledger's DDL is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Events of format 1 have no seals, and payloads that were sorted but not canonical. */
    private static void seal(Connection connection) throws SQLException {
        Head head = Head.EMPTY;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT position, promotion, sequence, type, version,"
                        + " recorded_at, payload FROM event ORDER BY position");
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE event SET payload = ?, event_hash = ?, ledger_hash = ? WHERE position = ?")) {
            while (rows.next()) {
                StoredEvent event = new StoredEvent(
                        new PromotionId(rows.getString(2)),
                        rows.getLong(3),
                        rows.getString(4),
                        rows.getInt(5),
                        EventTable.instant(rows.getLong(6)),
                        EventCodec.canonical(rows.getString(7)));
                StoredEvent sealed = EventSeal.seal(event, previous(connection, event), head.hash(), rows.getLong(1));
                head = new Head(sealed.position(), sealed.seal().ledger());
                update.setString(1, sealed.payload());
                update.setBytes(2, sealed.seal().event().bytes());
                update.setBytes(3, sealed.seal().ledger().bytes());
                update.setLong(4, sealed.position());
                update.executeUpdate();
            }
            statement.execute("ALTER TABLE event ALTER COLUMN event_hash SET NOT NULL");
            statement.execute("ALTER TABLE event ALTER COLUMN ledger_hash SET NOT NULL");
        }
    }

    private static Hash previous(Connection connection, StoredEvent event) throws SQLException {
        if (event.sequence() == 0) {
            return Hash.ZERO;
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT event_hash FROM event WHERE promotion = ? AND sequence = ?")) {
            select.setString(1, event.promotion().value());
            select.setLong(2, event.sequence() - 1);
            try (ResultSet rows = select.executeQuery()) {
                byte[] bytes = rows.next() ? rows.getBytes(1) : null;
                return bytes == null ? Hash.ZERO : Hash.of(bytes);
            }
        }
    }
}
