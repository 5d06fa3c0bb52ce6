package dev.railiance.metric;

import dev.railiance.ledger.LedgerException;
import dev.railiance.promotion.Refusal;
import dev.railiance.promotion.Trigger;
import dev.railiance.promotion.Verdict;
import java.time.Duration;
import java.util.Optional;

/** Something that an engine did. Every part has one of a few values, and none comes from a contract or names a promotion. */
public sealed interface Measurement {

    /** How long it took, by the monotonic clock. */
    Duration took();

    /**
     * A command was given: by an embedder, or by a run.
     *
     * @param trigger under which it was decided
     * @param outcome what came of it
     * @param refusal why it was refused; present only then
     * @param took waiting for the ledger included
     */
    record Command(Trigger trigger, CommandOutcome outcome, Optional<Refusal.Code> refusal, Duration took)
            implements Measurement {
        public Command {
            if (refusal.isPresent() != (outcome == CommandOutcome.REFUSED)) {
                throw new IllegalArgumentException("a refused command, and no other, has a reason");
            }
        }
    }

    /** What comes of a command. */
    enum CommandOutcome {
        ACCEPTED,
        UNCHANGED,
        REFUSED,
        /** It was not decided, or the decision could not be recorded: no such promotion, somebody was faster, no ledger. */
        FAILED
    }

    /**
     * The events of an accepted command were appended.
     *
     * @param took the transaction, until its events are safe
     */
    record Append(AppendOutcome outcome, Duration took) implements Measurement {}

    /** What comes of appending. */
    enum AppendOutcome {
        APPENDED,
        /** Somebody else appended to the promotion first. */
        SEQUENCE_TAKEN,
        /** Somebody else's promotion got the target first. */
        TARGET_HELD,
        /** Somebody else has taken the work over. */
        LEASE_LOST,
        FAILED;

        /** What the ledger said. */
        public static AppendOutcome of(LedgerException.Kind kind) {
            return switch (kind) {
                case CONFLICT -> SEQUENCE_TAKEN;
                case TARGET_HELD -> TARGET_HELD;
                case LEASE_LOST -> LEASE_LOST;
                case BUSY, UNAVAILABLE, DAMAGED, UNREADABLE, FUTURE_VERSION -> FAILED;
            };
        }

        /** Somebody else came first. */
        public boolean isConflict() {
            return switch (this) {
                case SEQUENCE_TAKEN, TARGET_HELD, LEASE_LOST -> true;
                case APPENDED, FAILED -> false;
            };
        }
    }

    /**
     * Stage 1 was carried out.
     *
     * @param verdict what it found; empty if it did not come to one, or the verdict could not be recorded
     * @param took the commands of the contract included
     */
    record Run(Optional<Verdict> verdict, Duration took) implements Measurement {}

    /**
     * The ledger was asked: by an embedder, or by a run.
     *
     * @param answered there was an answer
     * @param took waiting for the ledger included
     */
    record Query(boolean answered, Duration took) implements Measurement {}
}
