package dev.railiance.ledger.h2;

import dev.railiance.ledger.LedgerException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.api.ErrorCode;

/**
 * What H2 and the file system report, as the port says it. H2's own texts quote statements and values, so neither they nor
 * the exceptions that carry them are passed on: only the error's number and where it arose.
 */
final class H2Failure {

    private H2Failure() {}

    /** What either reports about the ledger in a directory. */
    static LedgerException of(Exception e, Path directory) {
        return switch (e) {
            case SQLException sql -> database(sql, directory);
            case IOException io -> files(io, directory);
            default -> throw new IllegalArgumentException("neither H2 nor the file system");
        };
    }

    private static LedgerException database(SQLException e, Path directory) {
        String ledger = "the ledger in " + directory + " ";
        return switch (e.getErrorCode()) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                failure(LedgerException.Kind.BUSY, ledger + "is kept by a program other than Railiance", e);
            case ErrorCode.DATABASE_IS_READ_ONLY ->
                failure(LedgerException.Kind.UNAVAILABLE, ledger + "may not be written", e);
            case ErrorCode.DATABASE_IS_CLOSED ->
                failure(LedgerException.Kind.UNAVAILABLE, ledger + "was closed after a fault", e);
            default ->
                refusedBySystem(e)
                        ? failure(
                                LedgerException.Kind.UNAVAILABLE,
                                ledger + "cannot be read or written; is the disk full?",
                                e)
                        : failure(LedgerException.Kind.DAMAGED, ledger + "is broken, or no ledger", e);
        };
    }

    /** H2 gives the end of a file where more was expected the same number as a full disk. */
    private static boolean refusedBySystem(SQLException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return !(cause instanceof EOFException);
            }
        }
        return false;
    }

    private static LedgerException failure(LedgerException.Kind kind, String message, SQLException e) {
        SQLException bare = new SQLException("H2 error " + e.getErrorCode(), e.getSQLState(), e.getErrorCode());
        bare.setStackTrace(e.getStackTrace());
        return new LedgerException(kind, message, bare);
    }

    private static LedgerException files(IOException e, Path directory) {
        if (e instanceof ClosedByInterruptException) {
            return new LedgerException(LedgerException.Kind.BUSY, "interrupted while opening the ledger", e);
        }
        String what = e instanceof FileSystemException f && f.getFile() != null ? f.getFile() : directory.toString();
        return new LedgerException(LedgerException.Kind.UNAVAILABLE, "cannot use " + what + ": " + reason(e), e);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "no permission";
        }
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return reason != null ? reason : "input or output failed";
    }
}
