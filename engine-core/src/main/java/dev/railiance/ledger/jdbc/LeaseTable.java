package dev.railiance.ledger.jdbc;

import dev.railiance.ledger.Fence;
import dev.railiance.ledger.LeaseHolder;
import dev.railiance.ledger.LedgerException;
import dev.railiance.promotion.PromotionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of leases: a row for each promotion that was ever worked on, so that its leases are numbered upwards. */
public final class LeaseTable {

    private LeaseTable() {}

    private record Row(long fence, @Nullable String holder, long expiresAt) {

        /** A lease that would last longer than a term was taken before the clock was set back. */
        boolean free(long now, Duration term) {
            if (holder == null || expiresAt <= now) {
                return true;
            }
            LeaseHolder known = LeaseHolder.parse(holder);
            return known.hasDied() || (expiresAt > now + micros(term) && !known.isAlive());
        }

        /** Whether its last holder has certainly ended his work. */
        boolean left() {
            return holder == null || LeaseHolder.parse(holder).hasDied();
        }
    }

    /**
     * A lease that was just taken.
     *
     * @param alone whether nobody can be at work under an earlier one any more
     */
    public record Taken(Fence fence, boolean alone) {}

    /** Takes the lease if it is free; empty otherwise. */
    public static Optional<Taken> take(
            Connection connection, Dialect dialect, PromotionId promotion, LeaseHolder holder, Duration term)
            throws SQLException {
        Row row = row(connection, promotion, dialect.forUpdate());
        long now = dialect.now(connection);
        if (row != null && !row.free(now, term)) {
            return Optional.empty();
        }
        long token = row == null ? 1 : row.fence() + 1;
        boolean alone = row == null || row.left();
        String sql = row == null
                ? dialect.insertLease()
                : "UPDATE lease SET holder = ?, expires_at = ?, fence = ? WHERE promotion = ?";
        // Nothing is inserted where somebody else was faster; an update finds its row, which is locked.
        return update(connection, sql, holder.toString(), now + micros(term), token, promotion.value()) == 1
                ? Optional.of(new Taken(new Fence(token), alone))
                : Optional.empty();
    }

    /** Lets the lease run on; false if somebody has taken over. */
    public static boolean renew(
            Connection connection, Dialect dialect, PromotionId promotion, Fence fence, Duration term)
            throws SQLException {
        return update(
                        connection,
                        "UPDATE lease SET expires_at = ? WHERE promotion = ? AND fence = ? AND holder IS NOT NULL",
                        dialect.now(connection) + micros(term),
                        promotion.value(),
                        fence.token())
                == 1;
    }

    /** Gives the lease back, unless somebody has taken over. */
    public static void release(Connection connection, PromotionId promotion, Fence fence) throws SQLException {
        update(
                connection,
                "UPDATE lease SET holder = NULL, expires_at = 0 WHERE promotion = ? AND fence = ?",
                promotion.value(),
                fence.token());
    }

    /** Who has the lease now. */
    public static Optional<LeaseHolder> holder(
            Connection connection, Dialect dialect, PromotionId promotion, Duration term) throws SQLException {
        Row row = row(connection, promotion, "");
        return row == null || row.holder() == null || row.free(dialect.now(connection), term)
                ? Optional.empty()
                : Optional.of(LeaseHolder.parse(row.holder()));
    }

    /**
     * Sees to it that the lease is still the claimed one until the transaction ends.
     *
     * @throws LedgerException with {@link LedgerException.Kind#LEASE_LOST} if it is not
     */
    static void require(Connection connection, Dialect dialect, PromotionId promotion, Fence claimed)
            throws SQLException {
        if (claimed.equals(Fence.NONE)) {
            return;
        }
        Row row = row(connection, promotion, dialect.forUpdate());
        if (row == null || row.holder() == null || row.fence() != claimed.token()) {
            throw lost(promotion);
        }
    }

    /** Tells that somebody has taken over. */
    public static LedgerException lost(PromotionId promotion) {
        return new LedgerException(
                LedgerException.Kind.LEASE_LOST,
                "the work on promotion " + promotion + " took too long: somebody else has taken it over");
    }

    private static @Nullable Row row(Connection connection, PromotionId promotion, String lock) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT fence, holder, expires_at FROM lease WHERE promotion = ?" + lock)) {
            select.setString(1, promotion.value());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? new Row(rows.getLong(1), rows.getString(2), rows.getLong(3)) : null;
            }
        }
    }

    private static int update(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                update.setObject(i + 1, arguments[i]);
            }
            return update.executeUpdate();
        }
    }

    private static long micros(Duration term) {
        return term.toNanos() / 1_000;
    }
}
