package dev.railiance.ledger;

import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The ledger while it is open. Used by one thread. Every method may throw {@link LedgerException}. */
public interface LedgerSession extends AutoCloseable {

    /**
     * Seals the events, appends them, replaces the promotion's status row and keeps the documents, in one transaction. When
     * this returns, all of it survives kill -9.
     *
     * @throws LedgerException with {@link LedgerException.Kind#CONFLICT} if the first sequence is not the one that comes
     *     next in the ledger, with {@link LedgerException.Kind#TARGET_HELD} if another promotion is in flight on the
     *     target, and with {@link LedgerException.Kind#LEASE_LOST} if the entry claims a lease that somebody has taken over;
     *     nothing is appended then
     */
    void append(Entry entry);

    /** Appends events without a lease and without documents. */
    default void append(List<StoredEvent> events, StatusRow status) {
        append(Entry.of(events, status));
    }

    /** Keeps documents that no event refers to. When this returns, they survive kill -9. */
    void keep(List<KeptDocument> documents);

    /** The content of a document, if it was kept. */
    Optional<String> kept(String digest);

    /** Where the ledger ends. */
    Head head();

    /**
     * The end of a ledger.
     *
     * @param position of the last event, 0 if there is none
     * @param hash of the ledger up to there
     */
    record Head(long position, Hash hash) {

        /** Of a ledger without events. */
        public static final Head EMPTY = new Head(0, Hash.ZERO);
    }

    /** The events of a promotion from a sequence on, in order; empty for one that is not known. */
    List<StoredEvent> read(PromotionId promotion, long fromSequence);

    /**
     * Hands every event after a position to {@code reader}, in the order of the ledger and in the caller's thread, without holding
     * them all. The reader may read in this session, but not write.
     */
    void scan(long afterPosition, Consumer<StoredEvent> reader);

    /** The status row of a promotion. */
    Optional<StatusRow> status(PromotionId promotion);

    /** Status rows, the latest change first. */
    List<StatusRow> statuses(int limit);

    /** Those whose id begins with {@code prefix}, at most {@code limit}. */
    List<StatusRow> statusesByPrefix(String prefix, int limit);

    /** The newest promotion of this artifact under this contract on this target that has not ended. */
    Optional<StatusRow> current(Target target, String artifactDigest, String contractDigest);

    /** The promotions of a target in a phase, in no order. */
    List<StatusRow> inPhase(Target target, Phase phase);

    /** Which promotions matter for what may begin on a target; one question. */
    OnTarget onTarget(Target target);

    /**
     * The promotions on a target.
     *
     * @param holder the one in flight
     * @param production the one in production: the latest that is, or, where what was is not any more, the latest that was
     */
    record OnTarget(Optional<PromotionId> holder, Optional<PromotionId> production) {

        /** Nothing was ever begun on it. */
        public static final OnTarget NOTHING = new OnTarget(Optional.empty(), Optional.empty());
    }

    /** The promotion in flight on a target. */
    default Optional<PromotionId> holder(Target target) {
        return onTarget(target).holder();
    }

    /** The promotion in production on a target. */
    default Optional<PromotionId> inProduction(Target target) {
        return onTarget(target).production();
    }

    /** Throws every status row away and puts these in their place, in one transaction. */
    void replaceStatuses(Iterable<StatusRow> rows);

    /** Closes the session; a nested one leaves the store open for the outer one. */
    @Override
    void close();
}
