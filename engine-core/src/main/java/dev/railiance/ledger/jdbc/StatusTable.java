package dev.railiance.ledger.jdbc;

import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.StatusRow;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of status rows. */
public final class StatusTable {

    /** The rest of a query for the latest ones. */
    public static final String LATEST_FIRST = "ORDER BY updated_at DESC, promotion DESC LIMIT ?";

    private static final String STATUSES =
            "SELECT promotion, app, environment, phase, artifact_digest, contract_digest,"
                    + " sequence, opened_at, updated_at, summary, document FROM status ";

    private StatusTable() {}

    /** Puts a row in the place of the promotion's last one. */
    public static void put(Connection connection, Dialect dialect, StatusRow row) throws SQLException {
        try (PreparedStatement merge = connection.prepareStatement(dialect.putStatus())) {
            merge.setString(1, row.promotion().value());
            merge.setString(2, row.target().app());
            merge.setString(3, row.target().environment());
            merge.setString(4, row.phase().name());
            merge.setBoolean(5, row.phase().end());
            merge.setString(6, row.phase().inFlight() ? row.target().toString() : null);
            merge.setString(7, row.artifactDigest());
            merge.setString(8, row.contractDigest());
            merge.setLong(9, row.sequence());
            merge.setLong(10, EventTable.micros(row.openedAt()));
            merge.setLong(11, EventTable.micros(row.updatedAt()));
            merge.setString(12, row.summary());
            merge.setString(13, row.document());
            merge.executeUpdate();
        } catch (SQLException e) {
            if (dialect.isDuplicate(e)) {
                throw new LedgerException(
                        LedgerException.Kind.TARGET_HELD, "another promotion is in flight on " + row.target());
            }
            throw e;
        }
    }

    /** Throws all rows away. */
    public static void clear(Connection connection) throws SQLException {
        try (Statement delete = connection.createStatement()) {
            delete.executeUpdate("DELETE FROM status");
        }
    }

    /** The promotion in flight on a target. */
    public static Optional<PromotionId> holder(Connection connection, Target target) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT promotion FROM status WHERE held_target = ?")) {
            select.setString(1, target.toString());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(new PromotionId(rows.getString(1))) : Optional.empty();
            }
        }
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
