package dev.railiance.ledger.jdbc;

import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerSession.OnTarget;
import dev.railiance.ledger.StatusRow;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of status rows. */
public final class StatusTable {

    /** How many columns there are. */
    public static final int COLUMNS = 14;

    /** The rest of a query for the latest ones. */
    public static final String LATEST_FIRST = "ORDER BY updated_at DESC, promotion DESC LIMIT ?";

    private static final String STATUSES =
            "SELECT promotion, app, environment, phase, artifact_digest, contract_digest,"
                    + " sequence, opened_at, updated_at, summary, document FROM status ";

    private static final String ON_TARGET = "(SELECT 1, promotion FROM status WHERE held_target = ?) UNION ALL ("
            + latest(2, Phase.PROMOTED) + ") UNION ALL (" + latest(3, Phase.SUPERSEDED) + ")";

    private StatusTable() {}

    private static String latest(int which, Phase phase) {
        return "SELECT " + which + ", promotion FROM status WHERE app = ? AND environment = ? AND ended = "
                + phase.end() + " AND phase = '" + phase + "' ORDER BY opened_at DESC, promotion DESC LIMIT 1";
    }

    /** Puts a row in the place of the promotion's last one. */
    public static void put(Connection connection, Dialect dialect, StatusRow row) throws SQLException {
        try (PreparedStatement merge = connection.prepareStatement(dialect.putStatus())) {
            set(merge, 1, row);
            merge.executeUpdate();
        } catch (SQLException e) {
            if (dialect.isDuplicate(e)) {
                throw dialect.violates(e, "status_open_work") ? doubled(row) : held(row);
            }
            throw e;
        }
    }

    /** Sets the fourteen columns of a row, the first one as parameter {@code from}. */
    public static void set(PreparedStatement put, int from, StatusRow row) throws SQLException {
        put.setString(from, row.promotion().value());
        put.setString(from + 1, row.target().app());
        put.setString(from + 2, row.target().environment());
        put.setString(from + 3, row.phase().name());
        put.setBoolean(from + 4, row.phase().end());
        put.setString(from + 5, row.phase().inFlight() ? row.target().toString() : null);
        put.setString(from + 6, row.artifactDigest());
        put.setString(from + 7, row.contractDigest());
        put.setLong(from + 8, row.sequence());
        put.setLong(from + 9, EventTable.micros(row.openedAt()));
        put.setLong(from + 10, EventTable.micros(row.updatedAt()));
        put.setString(from + 11, row.summary());
        put.setString(from + 12, row.document());
        put.setString(from + 13, row.phase().end() ? null : work(row));
    }

    private static String work(StatusRow row) {
        return row.target() + " " + row.artifactDigest() + " " + row.contractDigest();
    }

    /** Tells that somebody else has opened a promotion of the same artifact under the same contract. */
    public static LedgerException doubled(StatusRow row) {
        return new LedgerException(
                LedgerException.Kind.CONFLICT,
                "somebody else has opened a promotion of this artifact to " + row.target() + " meanwhile");
    }

    /** Tells that another promotion is in flight on the target. */
    public static LedgerException held(StatusRow row) {
        return new LedgerException(
                LedgerException.Kind.TARGET_HELD, "another promotion is in flight on " + row.target());
    }

    /** Throws all rows away. */
    public static void clear(Connection connection) throws SQLException {
        try (Statement delete = connection.createStatement()) {
            delete.executeUpdate("DELETE FROM status");
        }
    }

    /** The promotions that matter on a target, in one question. */
    public static OnTarget onTarget(Connection connection, Target target) throws SQLException {
        Optional<PromotionId> holder = Optional.empty();
        Optional<PromotionId> production = Optional.empty();
        Optional<PromotionId> before = Optional.empty();
        try (PreparedStatement select = connection.prepareStatement(ON_TARGET)) {
            select.setString(1, target.toString());
            select.setString(2, target.app());
            select.setString(3, target.environment());
            select.setString(4, target.app());
            select.setString(5, target.environment());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    var found = Optional.of(new PromotionId(rows.getString(2)));
                    switch (rows.getInt(1)) {
                        case 1 -> holder = found;
                        case 2 -> production = found;
                        default -> before = found;
                    }
                }
            }
        }
        Optional<PromotionId> last = before;
        return new OnTarget(holder, production.or(() -> last));
    }

    /** The rows that {@code tail}, the rest of a query, asks for. */
    public static List<StatusRow> select(Connection connection, String tail, Object... arguments) throws SQLException {
        List<StatusRow> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(STATUSES + tail)) {
            for (int i = 0; i < arguments.length; i++) {
                select.setObject(i + 1, arguments[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(row(rows));
                }
            }
        }
        return found;
    }

    private static StatusRow row(ResultSet rows) throws SQLException {
        try {
            return readable(rows);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new LedgerException(
                    LedgerException.Kind.DAMAGED,
                    "a status row is none that Railiance writes; railiance audit rebuild --apply makes them anew",
                    e);
        }
    }

    private static StatusRow readable(ResultSet rows) throws SQLException {
        return new StatusRow(
                new PromotionId(rows.getString(1)),
                new Target(rows.getString(2), rows.getString(3)),
                Phase.valueOf(rows.getString(4)),
                rows.getString(5),
                rows.getString(6),
                rows.getLong(7),
                EventTable.instant(rows.getLong(8)),
                EventTable.instant(rows.getLong(9)),
                rows.getString(10),
                rows.getString(11));
    }
}
