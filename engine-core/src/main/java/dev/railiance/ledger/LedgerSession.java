package dev.railiance.ledger;

import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The ledger while it is open. Used by one thread. Every method may throw {@link LedgerException}. */
public interface LedgerSession extends AutoCloseable {

    /**
     * Appends events of one promotion and replaces its status row, in one transaction. When this returns, both survive
     * kill -9.
     *
     * @param events in order; their sequences follow each other without a gap
     * @param status the promotion after the last of them
     * @throws IllegalArgumentException if these are not consecutive events of one promotion with the status after them
     * @throws LedgerException with {@link LedgerException.Kind#CONFLICT} if the first sequence is not the one that comes
     *     next in the ledger, and with
     *     {@link LedgerException.Kind#TARGET_HELD} if another promotion is in flight on the target; nothing is appended
     *     then
     */
    void append(List<StoredEvent> events, StatusRow status);

    /** The events of a promotion from a sequence on, in order; empty for one that is not known. */
    List<StoredEvent> read(PromotionId promotion, long fromSequence);

    /** Hands every event after a position to {@code reader}, in the order of the ledger, without holding them all. */
    void scan(long afterPosition, Consumer<StoredEvent> reader);

    /** The status row of a promotion. */
    Optional<StatusRow> status(PromotionId promotion);

    /** Status rows, the latest change first. */
    List<StatusRow> statuses(int limit);

    /** Those whose id begins with {@code prefix}, at most {@code limit}. */
    List<StatusRow> statusesByPrefix(String prefix, int limit);

    /** The newest promotion of this artifact under this contract on this target that has not ended. */
    Optional<StatusRow> current(Target target, String artifactDigest, String contractDigest);

    /** The promotion in flight on a target. */
    Optional<PromotionId> holder(Target target);

    /** Throws every status row away and puts these in their place, in one transaction. */
    void replaceStatuses(Iterable<StatusRow> rows);

    /** Closes the session; a nested one leaves the store open for the outer one. */
    @Override
    void close();
}
