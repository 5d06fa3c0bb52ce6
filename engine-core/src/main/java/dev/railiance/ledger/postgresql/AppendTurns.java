package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.Entry;
import dev.railiance.ledger.postgresql.PostgresAppend.OutcomeUnknown;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has the threads of a process append one after the other, as the server would do anyway: so each of them knows where the one
 * before has left the ledger.
 */
final class AppendTurns {

    /** Who waits for longer waits at the server, where one that hangs is cut off, and without knowing anything. */
    private static final long PATIENCE_MILLIS = 1_000;

    private final ReentrantLock turn = new ReentrantLock(true);
    private final KnownEnd known = new KnownEnd();

    /**
     * Appends an entry durably.
     *
     * @throws OutcomeUnknown if the connection broke when the entry had been sent
     */
    void append(Connection connection, Entry entry) throws SQLException, OutcomeUnknown {
        boolean mine = awaitTurn();
        try {
            PostgresAppend.carryOut(connection, entry, mine ? known : new KnownEnd());
        } finally {
            if (mine) {
                turn.unlock();
            }
        }
    }

    private boolean awaitTurn() {
        try {
            return turn.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // It may be the outcome of what was interrupted that is to be recorded.
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
