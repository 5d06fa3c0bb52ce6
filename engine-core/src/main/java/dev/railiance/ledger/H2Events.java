package dev.railiance.ledger;

import dev.railiance.promotion.PromotionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.h2.api.ErrorCode;

/** The table of events. */
final class H2Events {

    private static final String EVENTS =
            "SELECT position, promotion, sequence, type, version, recorded_at, payload FROM event ";

    /** Small payloads of one page lie in memory together; the large ones are fetched one by one. */
    private static final int PAGE = 256;

    private H2Events() {}

    /** Appends events and answers the position of the last one. */
    static long insert(Connection connection, List<StoredEvent> events) throws SQLException {
        requirePredecessor(connection, events.getFirst());
        long position = last(connection);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO event (position, promotion, sequence,"
                + " type, version, recorded_at, payload) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (StoredEvent event : events) {
                position++;
                insert.setLong(1, position);
                insert.setString(2, event.promotion().value());
                insert.setLong(3, event.sequence());
                insert.setString(4, event.type());
                insert.setInt(5, event.version());
                insert.setLong(6, micros(event.at()));
                insert.setString(7, event.payload());
                insert.executeUpdate();
            }
        } catch (SQLException e) {
            if (e.getErrorCode() == ErrorCode.DUPLICATE_KEY_1) {
                throw new LedgerException(
                        LedgerException.Kind.CONFLICT,
                        "somebody else has appended to promotion "
                                + events.getFirst().promotion() + " meanwhile");
            }
            throw e;
        }
        return position;
    }

    /** The unique constraint finds a sequence that is taken; this one finds a hole. */
    private static void requirePredecessor(Connection connection, StoredEvent first) throws SQLException {
        if (first.sequence() == 0) {
            return;
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM event WHERE promotion = ? AND sequence = ?")) {
            select.setString(1, first.promotion().value());
            select.setLong(2, first.sequence() - 1);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new LedgerException(
                            LedgerException.Kind.CONFLICT,
                            "the ledger has no event " + (first.sequence() - 1) + " of promotion " + first.promotion());
                }
            }
        }
    }

    /** The position of the last event, 0 if there is none. */
    static long last(Connection connection) throws SQLException {
        return number(connection, "SELECT COALESCE(MAX(position), 0) FROM event");
    }

    static long count(Connection connection) throws SQLException {
        return number(connection, "SELECT COUNT(*) FROM event");
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    static List<StoredEvent> of(Connection connection, PromotionId promotion, long fromSequence) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement(EVENTS + "WHERE promotion = ? AND sequence >= ? ORDER BY sequence")) {
            select.setString(1, promotion.value());
            select.setLong(2, fromSequence);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    events.add(event(rows));
                }
            }
        }
        return events;
    }

    static void scan(Connection connection, long afterPosition, Consumer<StoredEvent> reader) throws SQLException {
        long position = afterPosition;
        int found = PAGE;
        try (PreparedStatement select =
                connection.prepareStatement(EVENTS + "WHERE position > ? ORDER BY position LIMIT " + PAGE)) {
            while (found == PAGE) {
                found = 0;
                select.setLong(1, position);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        StoredEvent event = event(rows);
                        position = event.position();
                        found++;
                        reader.accept(event);
                    }
                }
            }
        }
    }

    private static StoredEvent event(ResultSet rows) throws SQLException {
        return new StoredEvent(
                rows.getLong(1),
                new PromotionId(rows.getString(2)),
                rows.getLong(3),
                rows.getString(4),
                rows.getInt(5),
                instant(rows.getLong(6)),
                rows.getString(7));
    }

    /** A time as the tables keep it: microseconds since 1970. */
    static long micros(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
    }

    /** The reverse of {@link #micros}. */
    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }
}
