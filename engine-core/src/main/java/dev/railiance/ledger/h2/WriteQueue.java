package dev.railiance.ledger.h2;

import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.PromotionId;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What several threads write at the same time is committed and brought to the disk together, by the first of them to come
 * round, yet each learns only of its own failure: what fails is taken back alone.
 */
final class WriteQueue {

    /** Told where the ledger ends, each time that everything up to there is on the disk. */
    interface WhenDurable {
        void at(long position) throws SQLException, IOException;
    }

    /** Something to do in a transaction. */
    interface Write<T> {
        T on(Connection connection, EndOfLedger end) throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(WriteQueue.class);

    private final Connection connection;
    private final PreparedStatement sync;
    private final EndOfLedger end;
    private final WhenDurable whenDurable;
    private final ReentrantLock turn = new ReentrantLock();
    private final ConcurrentLinkedQueue<Waiting<?>> waiting = new ConcurrentLinkedQueue<>();
    /** While something is committed, and so can be seen, that is not on the disk yet. */
    private volatile boolean unsynced;
    /** After a fault of the database or of a commit: nothing is written any more, so that nothing half done is committed. */
    private volatile boolean broken;

    /** A queue for a connection that nobody else uses. */
    WriteQueue(Connection connection, WhenDurable whenDurable) throws SQLException {
        this.connection = connection;
        this.whenDurable = whenDurable;
        connection.setAutoCommit(false);
        sync = connection.prepareStatement("CHECKPOINT SYNC");
        end = new EndOfLedger(connection);
    }

    private static final class Waiting<T> {
        private final Write<T> work;
        private @Nullable T result;
        private @Nullable Throwable failure;
        private boolean done;

        Waiting(Write<T> work) {
            this.work = work;
        }

        void run(Connection connection, EndOfLedger end) throws SQLException {
            result = work.on(connection, end);
        }

        void fail(Throwable why) {
            failure = why;
            done = true;
        }

        // The result is null only where the work's own answer is.
        @SuppressWarnings("NullAway")
        T outcome() throws SQLException, IOException {
            return switch (failure) {
                case null -> {
                    if (!done) {
                        throw new IllegalStateException("the thread that was to write this has died");
                    }
                    yield result;
                }
                case SQLException e -> throw e;
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalStateException(failure);
            };
        }
    }

    /** Does all of it or nothing. When this returns, it survives kill -9. */
    <T> T write(Write<T> work) throws SQLException, IOException {
        if (turn.isHeldByCurrentThread()) {
            throw new IllegalStateException("a transaction inside a transaction");
        }
        Waiting<T> mine = new Waiting<>(work);
        waiting.add(mine);
        turn.lock();
        try {
            if (!mine.done) {
                writeAll(waiting());
            }
        } finally {
            turn.unlock();
        }
        return mine.outcome();
    }

    /** The same, but in a transaction of its own, after all before it: for work that looks at what others have written. */
    <T> T writeAlone(Write<T> work) throws SQLException, IOException {
        if (turn.isHeldByCurrentThread()) {
            throw new IllegalStateException("a transaction inside a transaction");
        }
        Waiting<T> mine = new Waiting<>(work);
        turn.lock();
        try {
            writeAll(waiting());
            writeAll(List.of(mine));
        } finally {
            turn.unlock();
        }
        return mine.outcome();
    }

    /** The last event of a promotion, if it was written lately and is on the disk. */
    Optional<StoredEvent> last(PromotionId promotion) {
        return end.last(promotion);
    }

    /** Returns when everything that could be seen before the call is on the disk; false if it will never be. */
    boolean awaitSync() {
        if (!unsynced) {
            return true;
        }
        turn.lock();
        try {
            return !unsynced;
        } finally {
            turn.unlock();
        }
    }

    /** Whether it writes no more. */
    boolean isBroken() {
        return broken;
    }

    private List<Waiting<?>> waiting() {
        List<Waiting<?>> batch = new ArrayList<>();
        for (Waiting<?> next = waiting.poll(); next != null; next = waiting.poll()) {
            batch.add(next);
        }
        return batch;
    }

    private void writeAll(List<Waiting<?>> batch) {
        try {
            if (broken) {
                throw new SQLException("closed after a fault", "", ErrorCode.DATABASE_IS_CLOSED);
            }
            write(batch);
        } catch (Throwable e) {
            // Whether those that ran are on the disk is not known: none of them is acknowledged.
            batch.stream().filter(one -> !one.done).forEach(one -> one.fail(e));
            if (!broken) {
                breakOff();
            }
        }
    }

    private void write(List<Waiting<?>> batch) throws SQLException, IOException {
        List<Waiting<?>> written = new ArrayList<>(batch.size());
        for (Waiting<?> next : batch) {
            if (ran(next, !written.isEmpty())) {
                written.add(next);
            }
        }
        if (written.isEmpty()) {
            return;
        }
        unsynced = true;
        connection.commit();
        sync.execute();
        whenDurable.at(end.durable());
        unsynced = false;
        written.forEach(one -> one.done = true);
    }

    private void breakOff() {
        broken = true;
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("H2 error {} when a broken transaction was taken back", e.getErrorCode());
        }
    }

    /** Runs one; if it fails, what it did is taken back, and those before it stay. */
    private boolean ran(Waiting<?> one, boolean amongOthers) throws SQLException {
        Savepoint before = amongOthers ? connection.setSavepoint() : null;
        EndOfLedger.Mark mark = end.mark();
        boolean ran = false;
        try {
            one.run(connection, end);
            ran = true;
        } catch (SQLException | RuntimeException e) {
            one.fail(e);
        } finally {
            if (!ran) {
                end.back(mark);
                if (before == null) {
                    connection.rollback();
                } else {
                    connection.rollback(before);
                }
            }
        }
        return ran;
    }
}
