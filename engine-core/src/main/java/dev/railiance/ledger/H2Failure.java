package dev.railiance.ledger;

import java.sql.SQLException;
import org.h2.api.ErrorCode;

/**
 * What H2 reports, as the port says it. H2's own texts quote statements and values, so neither they nor the exceptions that
 * carry them are passed on: only the error's number and where it arose.
 */
final class H2Failure {

    private H2Failure() {}

    /** A failure while the store is open. */
    static LedgerException of(SQLException e) {
        return of(e, LedgerException.Kind.DAMAGED, "the ledger contradicts itself");
    }

    /** The same, where a taken key has a meaning. */
    static LedgerException of(SQLException e, LedgerException.Kind whenTaken, String messageWhenTaken) {
        return switch (e.getErrorCode()) {
            case ErrorCode.DUPLICATE_KEY_1 -> new LedgerException(whenTaken, messageWhenTaken);
            case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                new LedgerException(
                        LedgerException.Kind.BUSY, "a program other than Railiance has the ledger open", bare(e));
            case ErrorCode.IO_EXCEPTION_1, ErrorCode.IO_EXCEPTION_2 ->
                new LedgerException(
                        LedgerException.Kind.UNAVAILABLE,
                        "the ledger's files cannot be written or read; is the disk full?",
                        bare(e));
            case ErrorCode.DATABASE_IS_READ_ONLY ->
                new LedgerException(LedgerException.Kind.UNAVAILABLE, "the ledger may not be written", bare(e));
            case ErrorCode.DATABASE_IS_CLOSED ->
                new LedgerException(
                        LedgerException.Kind.UNAVAILABLE, "the ledger has closed after an earlier fault", bare(e));
            default ->
                new LedgerException(
                        LedgerException.Kind.DAMAGED, "the ledger cannot be read: it is broken, or no ledger", bare(e));
        };
    }

    private static SQLException bare(SQLException e) {
        SQLException bare = new SQLException("H2 error " + e.getErrorCode(), e.getSQLState(), e.getErrorCode());
        bare.setStackTrace(e.getStackTrace());
        return bare;
    }
}
