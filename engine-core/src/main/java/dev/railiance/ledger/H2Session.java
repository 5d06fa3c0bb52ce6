package dev.railiance.ledger;

import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** SQL on an open embedded ledger. */
final class H2Session implements LedgerSession {

    /** What a scan holds at once: few enough that payloads of a megabyte fit into a small heap. */
    private static final int PAGE = 64;

    private static final String EVENTS =
            "SELECT position, promotion, sequence, type, version, recorded_at, payload FROM event ";
    private static final String STATUSES =
            "SELECT promotion, app, environment, phase, artifact_digest, contract_digest,"
                    + " sequence, opened_at, updated_at, summary, document FROM status ";
    private static final String LATEST = "ORDER BY updated_at DESC, promotion DESC LIMIT ?";
    private static final String INSERT_STATUS = " INTO status (promotion, app, environment, phase, ended, held_target,"
            + " artifact_digest, contract_digest, sequence, opened_at, updated_at, summary, document)";
    private static final String STATUS_VALUES = " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final H2Ledger ledger;

    H2Session(H2Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void append(List<StoredEvent> events, StatusRow status) {
        checkTogether(events, status);
        ledger.write(connection -> {
            long position = position(connection);
            insert(connection, events, position);
            merge(connection, status);
            return true;
        });
    }

    private static void checkTogether(List<StoredEvent> events, StatusRow status) {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("nothing to append");
        }
        long expected = events.getFirst().sequence();
        for (StoredEvent event : events) {
            if (!event.promotion().equals(status.promotion()) || event.sequence() != expected) {
                throw new IllegalArgumentException("events of one promotion, one after the other");
            }
            expected++;
        }
        if (status.sequence() != expected - 1) {
            throw new IllegalArgumentException("the status is not the one after the last event");
        }
    }

    private static long position(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT COALESCE(MAX(position), 0) FROM event");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void insert(Connection connection, List<StoredEvent> events, long last) throws SQLException {
        requirePredecessor(connection, events.getFirst());
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO event (position, promotion, sequence,"
                + " type, version, recorded_at, payload) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            long position = last;
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
            throw H2Failure.of(
                    e, LedgerException.Kind.CONFLICT, "somebody else has appended to the promotion meanwhile");
        }
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

    private static void merge(Connection connection, StatusRow row) throws SQLException {
        try (PreparedStatement merge =
                connection.prepareStatement("MERGE" + INSERT_STATUS + " KEY (promotion)" + STATUS_VALUES)) {
            bind(merge, row);
            merge.executeUpdate();
        } catch (SQLException e) {
            throw held(e, row);
        }
    }

    private static LedgerException held(SQLException e, StatusRow row) {
        return H2Failure.of(e, LedgerException.Kind.TARGET_HELD, "another promotion is in flight on " + row.target());
    }

    private static void bind(PreparedStatement statement, StatusRow row) throws SQLException {
        statement.setString(1, row.promotion().value());
        statement.setString(2, row.target().app());
        statement.setString(3, row.target().environment());
        statement.setString(4, row.phase().name());
        statement.setBoolean(5, row.phase().end());
        statement.setString(6, row.phase().inFlight() ? row.target().toString() : null);
        statement.setString(7, row.artifactDigest());
        statement.setString(8, row.contractDigest());
        statement.setLong(9, row.sequence());
        statement.setLong(10, micros(row.openedAt()));
        statement.setLong(11, micros(row.updatedAt()));
        statement.setString(12, row.summary());
        statement.setString(13, row.document());
    }

    @Override
    public List<StoredEvent> read(PromotionId promotion, long fromSequence) {
        return ledger.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement(EVENTS + "WHERE promotion = ? AND sequence >= ? ORDER BY sequence")) {
                select.setString(1, promotion.value());
                select.setLong(2, fromSequence);
                return events(select);
            }
        });
    }

    @Override
    public void scan(long afterPosition, Consumer<StoredEvent> reader) {
        long after = afterPosition;
        while (true) {
            List<StoredEvent> page = page(after);
            for (StoredEvent event : page) {
                reader.accept(event);
            }
            if (page.size() < PAGE) {
                return;
            }
            after = page.getLast().position();
        }
    }

    private List<StoredEvent> page(long after) {
        return ledger.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement(EVENTS + "WHERE position > ? ORDER BY position LIMIT ?")) {
                select.setLong(1, after);
                select.setInt(2, PAGE);
                return events(select);
            }
        });
    }

    private static List<StoredEvent> events(PreparedStatement select) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                events.add(new StoredEvent(
                        rows.getLong(1),
                        new PromotionId(rows.getString(2)),
                        rows.getLong(3),
                        rows.getString(4),
                        rows.getInt(5),
                        instant(rows.getLong(6)),
                        rows.getString(7)));
            }
        }
        return events;
    }

    @Override
    public Optional<StatusRow> status(PromotionId promotion) {
        return first(statuses("WHERE promotion = ?", promotion.value()));
    }

    @Override
    public List<StatusRow> statuses(int limit) {
        return statuses(LATEST, limit);
    }

    @Override
    public List<StatusRow> statusesByPrefix(String prefix, int limit) {
        return statuses(
                "WHERE promotion >= ? AND promotion < ? " + LATEST, prefix, prefix + Character.MAX_VALUE, limit);
    }

    @Override
    public Optional<StatusRow> current(Target target, String artifactDigest, String contractDigest) {
        return first(statuses(
                "WHERE app = ? AND environment = ? AND NOT ended AND artifact_digest = ? AND contract_digest = ?"
                        + " ORDER BY opened_at DESC, promotion DESC LIMIT 1",
                target.app(),
                target.environment(),
                artifactDigest,
                contractDigest));
    }

    @Override
    public Optional<PromotionId> holder(Target target) {
        return first(statuses("WHERE held_target = ?", target.toString())).map(StatusRow::promotion);
    }

    private List<StatusRow> statuses(String tail, Object... arguments) {
        return ledger.read(connection -> {
            List<StatusRow> found = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(STATUSES + tail)) {
                for (int i = 0; i < arguments.length; i++) {
                    select.setObject(i + 1, arguments[i]);
                }
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.add(statusRow(rows));
                    }
                }
            }
            return found;
        });
    }

    private static StatusRow statusRow(ResultSet rows) throws SQLException {
        return new StatusRow(
                new PromotionId(rows.getString(1)),
                new Target(rows.getString(2), rows.getString(3)),
                Phase.valueOf(rows.getString(4)),
                rows.getString(5),
                rows.getString(6),
                rows.getLong(7),
                instant(rows.getLong(8)),
                instant(rows.getLong(9)),
                rows.getString(10),
                rows.getString(11));
    }

    private static <T> Optional<T> first(List<T> found) {
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    @Override
    public void replaceStatuses(Iterable<StatusRow> rows) {
        ledger.write(connection -> {
            try (Statement delete = connection.createStatement()) {
                delete.executeUpdate("DELETE FROM status");
            }
            for (StatusRow row : rows) {
                merge(connection, row);
            }
            return true;
        });
    }

    @Override
    public void close() {
        ledger.leave();
    }

    private static long micros(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }
}
