package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerException.Kind;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What server and driver report, as the port says it. Their own texts name hosts, users and values, so neither they nor the
 * exceptions that carry them are passed on: only the SQL state and where it arose.
 */
final class PostgresFailure {

    private PostgresFailure() {}

    /**
     * What either reports.
     *
     * @throws IllegalArgumentException instead, if a text holds U+0000, which no table can keep
     */
    static LedgerException of(SQLException e) {
        String state = state(e);
        return switch (state) {
            case "22021" -> throw new IllegalArgumentException("a text with U+0000 cannot be kept in a shared ledger");
            case "40001", "40P01" -> failure(Kind.CONFLICT, "somebody else has changed the ledger meanwhile", e);
            case "55P03" -> failure(Kind.BUSY, "somebody else keeps the shared ledger", e);
            case "53300" -> failure(Kind.BUSY, "the shared ledger's server has no connection left", e);
            case "25006" ->
                failure(Kind.UNAVAILABLE, "the shared ledger's server is one for reading only, or is being moved", e);
            case "42501" -> failure(Kind.UNAVAILABLE, "the user may not do that in the shared ledger", e);
            case "3D000" -> failure(Kind.UNAVAILABLE, "the shared ledger's database does not exist", e);
            case "42P01", "42703" -> failure(Kind.DAMAGED, "the shared ledger lacks tables or columns", e);
            default -> byClass(state.substring(0, 2), e);
        };
    }

    private static LedgerException byClass(String stateClass, SQLException e) {
        return switch (stateClass) {
            case "08", "57" ->
                failure(Kind.UNAVAILABLE, "the shared ledger's server cannot be reached, or has cut the connection", e);
            case "28" -> failure(Kind.UNAVAILABLE, "the shared ledger's server does not let the user in", e);
            case "53", "58" -> failure(Kind.UNAVAILABLE, "the shared ledger's server lacks space, memory or files", e);
            case "23", "XX" -> failure(Kind.DAMAGED, "the shared ledger is broken", e);
            default -> failure(Kind.UNAVAILABLE, "the shared ledger's server refuses to work (" + state(e) + ")", e);
        };
    }

    /** Whether the connection is gone, so that nobody knows what the server did last. */
    static boolean connectionLost(SQLException e) {
        String state = state(e);
        return state.startsWith("08") || state.startsWith("57P") || state.equals("25P03");
    }

    /** The constraint that was violated. What a batch reports has the server's report as its cause. */
    static Optional<String> violated(SQLException e) {
        Throwable reported = e instanceof BatchUpdateException ? e.getCause() : e;
        ServerErrorMessage message = reported instanceof PSQLException own ? own.getServerErrorMessage() : null;
        return message == null ? Optional.empty() : Optional.ofNullable(message.getConstraint());
    }

    private static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null || state.length() != 5 ? "99999" : state;
    }

    private static LedgerException failure(Kind kind, String message, SQLException e) {
        SQLException bare = new SQLException("PostgreSQL state " + state(e), e.getSQLState());
        bare.setStackTrace(e.getStackTrace());
        return new LedgerException(kind, message, bare);
    }
}
