package dev.railiance.ledger;

import dev.railiance.promotion.PromotionId;
import java.util.Optional;

/**
 * Where events are kept. Opening a ledger touches nothing; a session does. Safe for use by several threads, each with a
 * session of its own.
 */
public interface Ledger extends AutoCloseable {

    /**
     * Opens the store for a short while. On an embedded ledger no other process can use it until the session is closed, so
     * nothing slow belongs into one. A session opened by a thread that has one already is the same session.
     *
     * @throws LedgerException if another process keeps the ledger, or it is damaged, of a future version or out of reach
     */
    LedgerSession open();

    /**
     * The same, but for looking only: a ledger that does not exist yet is not made, and answers empty. Writing through such
     * a session is an {@link IllegalStateException}, unless the thread opens the ledger once more inside it.
     */
    Optional<LedgerSession> openExisting();

    /**
     * The same without believing what is there: events that are missing, or a file that somebody else has changed, are no
     * reason not to look. For those who want to find out what is wrong.
     */
    default Optional<LedgerSession> inspect() {
        return openExisting();
    }

    /**
     * Claims the right to work on a promotion outside a session. The lease is renewed while its holder lives; of a holder
     * that died it can be taken over: at once where that is certain, otherwise when its time has run out. Empty if somebody
     * else has it.
     *
     * @throws LedgerException if the ledger is out of reach
     */
    Optional<Lease> lease(PromotionId promotion);

    /**
     * Whether this process has appended the event of this sequence to a promotion, and the store compares its hash when the next
     * one is appended. Then a look at the ledger beforehand says nothing that the append does not find out, and costs a way to
     * a server. False where looking costs nothing.
     */
    default boolean remembers(PromotionId promotion, long sequence) {
        return false;
    }

    /** Who has the lease on a promotion now. */
    Optional<LeaseHolder> leaseholder(PromotionId promotion);

    /** Closes the store; leases that are still held are given up. */
    @Override
    void close();

    /** The right to work on a promotion. */
    interface Lease extends AutoCloseable {

        /** To be shown when what came of the work is appended; refused then if somebody has taken over. */
        Fence fence();

        /**
         * Whether nobody can be at work under an earlier lease any more: it was given back, or its holder has certainly died.
         * Where one only ran out, its holder may hang, and go on one day.
         */
        boolean alone();

        /** Gives the right back. */
        @Override
        void close();
    }
}
