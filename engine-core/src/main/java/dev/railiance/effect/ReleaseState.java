package dev.railiance.effect;

import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.PromotionId;
import java.time.Instant;
import java.util.Optional;

/** What there is of a release. */
public sealed interface ReleaseState {

    /** Whether a promotion made what there is. */
    default boolean isOf(PromotionId promotion) {
        return this instanceof Present present && present.promotion().equals(Optional.of(promotion));
    }

    /** Nothing. */
    record Absent() implements ReleaseState {}

    /**
     * Its newest revision.
     *
     * @param revision counted from 1
     * @param promotion that made it; empty where it was made by hand or by another tool
     * @param attempt the same
     * @param since when it was begun, by the clock of whoever did; empty where nobody says
     */
    record Present(
            int revision,
            Condition condition,
            Optional<PromotionId> promotion,
            Optional<AttemptId> attempt,
            Optional<Instant> since)
            implements ReleaseState {

        /** Whether this attempt made it. */
        public boolean madeBy(AttemptId other) {
            return attempt.equals(Optional.of(other));
        }
    }

    /** What became of a revision. */
    enum Condition {
        DEPLOYED,
        FAILED,
        /** An operation is under way, or died halfway. */
        PENDING,
        /** Being removed, removed, or not known. */
        OTHER
    }
}
