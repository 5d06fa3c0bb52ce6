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

    /** Inserts an event: its nine columns in their order. */
    private static final String INSERT = "INSERT INTO event (position, promotion, sequence,"
            + " type, version, recorded_at, payload, event_hash, ledger_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String EVENTS =
            "SELECT position, promotion, sequence, type, version, recorded_at, payload, event_hash, ledger_hash FROM event ";

    private EventTable() {}

    /**
     * Seals and appends the events of an entry behind the end of the ledger, and answers them.
     *
     * @param known the hash of the event before them, where that need not be read
     */
    public static List<StoredEvent> insert(
            Connection connection, Dialect dialect, Entry entry, Head before, Optional<Hash> known)
            throws SQLException {
        Hash previous = known.isPresent()
                ? known.get()
                : predecessor(connection, entry.events().getFirst());
        List<StoredEvent> sealed = sealed(entry, before, previous);
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (StoredEvent event : sealed) {
                set(insert, 1, event);
                insert.executeUpdate();
            }
        } catch (SQLException e) {
            if (dialect.isDuplicate(e)) {
                throw taken(entry);
            }
            throw e;
        }
        return sealed;
    }

    /** The events of an entry, sealed behind the event before them and the end of the ledger. */
    private static List<StoredEvent> sealed(Entry entry, Head before, Hash predecessor) {
        List<StoredEvent> sealed = new ArrayList<>(entry.events().size());
        Head head = before;
        Hash previous = predecessor;
        for (StoredEvent event : entry.events()) {
            StoredEvent next = EventSeal.seal(event, previous, head.hash(), head.position() + 1);
            previous = next.seal().event();
            head = new Head(next.position(), next.seal().ledger());
            sealed.add(next);
        }
        return sealed;
    }

    /** Where a ledger ends whose last events these are. */
    public static Head headAfter(List<StoredEvent> sealed) {
        return new Head(sealed.getLast().position(), sealed.getLast().seal().ledger());
    }

    /** Tells that somebody else has appended with this sequence. */
    public static LedgerException taken(Entry entry) {
        return new LedgerException(
                LedgerException.Kind.CONFLICT,
                "somebody else has appended to promotion " + entry.status().promotion() + " meanwhile");
    }

    /** Tells that the event before the first one of an entry is missing. */
    public static LedgerException gap(StoredEvent first) {
        return new LedgerException(
                LedgerException.Kind.CONFLICT,
                "the ledger has no event " + (first.sequence() - 1) + " of promotion " + first.promotion());
    }

    /** Sets the nine columns of an event, the first one as parameter {@code from}. */
    private static void set(PreparedStatement insert, int from, StoredEvent event) throws SQLException {
        insert.setLong(from, event.position());
        insert.setString(from + 1, event.promotion().value());
        insert.setLong(from + 2, event.sequence());
        insert.setString(from + 3, event.type());
        insert.setInt(from + 4, event.version());
        insert.setLong(from + 5, micros(event.at()));
        insert.setString(from + 6, event.payload());
        insert.setBytes(from + 7, event.seal().event().bytes());
        insert.setBytes(from + 8, event.seal().ledger().bytes());
    }

    /** The hash of the event before the first one. The unique constraint finds a sequence that is taken; this finds a hole. */
    private static Hash predecessor(Connection connection, StoredEvent first) throws SQLException {
        if (first.sequence() == 0) {
            return Hash.ZERO;
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT event_hash FROM event WHERE promotion = ? AND sequence = ?")) {
            select.setString(1, first.promotion().value());
            select.setLong(2, first.sequence() - 1);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw gap(first);
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
        Paging.scan(
                connection,
                EVENTS + "WHERE position > ? ORDER BY position LIMIT ",
                EventTable::event,
                afterPosition,
                reader);
    }

    /** The event of a row with the nine columns in their order. */
    public static StoredEvent event(ResultSet rows) throws SQLException {
        return event(rows, rows.getString(7));
    }

    /**
     * The same, with a payload that was read elsewhere.
     *
     * @throws LedgerException if the row holds what no event has
     */
    public static StoredEvent event(ResultSet rows, String payload) throws SQLException {
        try {
            return new StoredEvent(
                    rows.getLong(1),
                    new PromotionId(rows.getString(2)),
                    rows.getLong(3),
                    rows.getString(4),
                    rows.getInt(5),
                    instant(rows.getLong(6)),
                    payload,
                    new Seal(Hash.of(rows.getBytes(8)), Hash.of(rows.getBytes(9))));
        } catch (IllegalArgumentException e) {
            throw new LedgerException(LedgerException.Kind.DAMAGED, "a row of the ledger holds no event", e);
        }
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
