package dev.railiance.ledger.jdbc;

import dev.railiance.ledger.Entry;
import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.ledger.Seal;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.PromotionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The table of events. */
public final class EventTable {

    private static final String EVENTS =
            "SELECT position, promotion, sequence, type, version, recorded_at, payload, event_hash, ledger_hash FROM event ";

    /** Small payloads of one page lie in memory together; the large ones are fetched one by one. */
    private static final int PAGE = 256;

    private EventTable() {}

    /** Seals and appends the events of an entry, and answers where the ledger ends then. */
    public static Head insert(Connection connection, Dialect dialect, Entry entry) throws SQLException {
        Head head = dialect.head(connection);
        Hash previous = predecessor(connection, dialect, entry.events().getFirst());
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO event (position, promotion, sequence,"
                        + " type, version, recorded_at, payload, event_hash, ledger_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (StoredEvent event : entry.events()) {
                StoredEvent sealed = EventSeal.seal(event, previous, head.hash(), head.position() + 1);
                previous = sealed.seal().event();
                head = new Head(sealed.position(), sealed.seal().ledger());
                set(insert, sealed);
                insert.executeUpdate();
                dialect.wrote(sealed);
            }
        } catch (SQLException e) {
            if (dialect.isDuplicate(e)) {
                throw new LedgerException(
                        LedgerException.Kind.CONFLICT,
                        "somebody else has appended to promotion "
                                + entry.status().promotion() + " meanwhile");
            }
            throw e;
        }
        dialect.moveHead(connection, head);
        return head;
    }

    private static void set(PreparedStatement insert, StoredEvent event) throws SQLException {
        insert.setLong(1, event.position());
        insert.setString(2, event.promotion().value());
        insert.setLong(3, event.sequence());
        insert.setString(4, event.type());
        insert.setInt(5, event.version());
        insert.setLong(6, micros(event.at()));
        insert.setString(7, event.payload());
        insert.setBytes(8, event.seal().event().bytes());
        insert.setBytes(9, event.seal().ledger().bytes());
    }

    /** The hash of the event before the first one. The unique constraint finds a sequence that is taken; this finds a hole. */
    private static Hash predecessor(Connection connection, Dialect dialect, StoredEvent first) throws SQLException {
        if (first.sequence() == 0) {
            return Hash.ZERO;
        }
        Optional<Hash> known = dialect.known(first.promotion(), first.sequence() - 1);
        if (known.isPresent()) {
            return known.get();
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT event_hash FROM event WHERE promotion = ? AND sequence = ?")) {
            select.setString(1, first.promotion().value());
            select.setLong(2, first.sequence() - 1);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new LedgerException(
                            LedgerException.Kind.CONFLICT,
                            "the ledger has no event " + (first.sequence() - 1) + " of promotion " + first.promotion());
                }
                return Hash.of(rows.getBytes(1));
            }
        }
    }

    /** Where the table ends. */
    public static Head head(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT position, ledger_hash FROM event ORDER BY position DESC LIMIT 1");
                ResultSet rows = select.executeQuery()) {
            return rows.next() ? new Head(rows.getLong(1), Hash.of(rows.getBytes(2))) : Head.EMPTY;
        }
    }

    /** How many events there are. */
    public static long count(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT COUNT(*) FROM event");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The events of a promotion from a sequence on. */
    public static List<StoredEvent> of(Connection connection, PromotionId promotion, long fromSequence)
            throws SQLException {
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

    /** Hands every event after a position to {@code reader}, a page at a time. */
    public static void scan(Connection connection, long afterPosition, Consumer<StoredEvent> reader)
            throws SQLException {
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
                rows.getString(7),
                new Seal(Hash.of(rows.getBytes(8)), Hash.of(rows.getBytes(9))));
    }

    /** A time as the tables keep it: microseconds since 1970. */
    public static long micros(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
    }

    /** The reverse of {@link #micros}. */
    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }
}
