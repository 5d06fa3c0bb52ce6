package dev.railiance;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.ledger.LeaseHolder;
import dev.railiance.ledger.LedgerException;
import dev.railiance.promotion.ImpossibleHistory;
import dev.railiance.promotion.NextStep;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Refusal;
import java.util.Optional;

/** What stands in the way, in the words of those who asked. */
final class EngineFailures {

    private EngineFailures() {}

    /** A refusal of the domain. */
    static Failure of(Refusal refusal, Phase phase, PromotionId id) {
        return new Failure(
                Code.valueOf(refusal.code().name()),
                "promotion " + id + ": " + refusal.message(),
                switch (refusal.code()) {
                    case RULES_CHANGED -> "railiance abort " + id + " --apply";
                    case FROZEN, APPROVAL_MISSING, APPROVAL_EXPIRED -> "railiance approvals " + id;
                    default -> NextStep.of(phase, id).command();
                });
    }

    /** A fault of the ledger. */
    static Failure of(LedgerException exception) {
        return switch (exception.kind()) {
            case BUSY -> new Failure(Code.LEDGER_BUSY, exception.explanation(), "try again in a moment");
            case CONFLICT -> new Failure(Code.CHANGED_CONCURRENTLY, exception.explanation(), "railiance status");
            case TARGET_HELD -> new Failure(Code.TARGET_BUSY, exception.explanation(), "railiance status --all");
            case LEASE_LOST -> new Failure(Code.CHANGED_CONCURRENTLY, exception.explanation(), "railiance status");
            case UNAVAILABLE ->
                new Failure(
                        Code.LEDGER_UNAVAILABLE,
                        exception.explanation(),
                        "see that it can be reached and written, or choose another one with --ledger or RAILIANCE_LEDGER");
            case DAMAGED -> new Failure(Code.LEDGER_DAMAGED, exception.explanation(), "railiance audit verify");
            case UNREADABLE ->
                new Failure(
                        Code.LEDGER_DAMAGED,
                        exception.explanation(),
                        "put its directory back from a backup; without one, move it away, and railiance run begins anew");
            case FUTURE_VERSION ->
                new Failure(
                        Code.LEDGER_FUTURE_VERSION,
                        exception.explanation(),
                        "use the version of Railiance that wrote it; it has not been touched");
        };
    }

    /** Events in an order that never was. */
    static Failure of(ImpossibleHistory exception) {
        return of(
                new LedgerException(LedgerException.Kind.DAMAGED, "the ledger is damaged: " + exception.getMessage()));
    }

    /** Somebody else works on it. */
    static Failure busy(PromotionId id, Optional<LeaseHolder> holder) {
        return new Failure(
                Code.PROMOTION_BUSY,
                "promotion " + id + " is being worked on by "
                        + holder.map(LeaseHolder::described).orElse("another process"),
                "railiance status " + id);
    }

    /** Nothing of this id. */
    static Failure unknown(PromotionId id) {
        return new Failure(
                Code.PROMOTION_NOT_FOUND, "no promotion " + id + " in this ledger", "railiance status --all");
    }
}
