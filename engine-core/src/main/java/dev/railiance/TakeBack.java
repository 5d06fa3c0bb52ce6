package dev.railiance;

import dev.railiance.failure.Outcome;
import dev.railiance.ledger.Ledger;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionCommand.StartRollback;
import dev.railiance.promotion.PromotionId;
import java.util.Optional;
import java.util.function.Function;

/**
 * Begins a rollback that somebody asked for and carries it out: under the lease where it is to be had; a process that hangs
 * with it is told by the ledger that it comes too late.
 */
final class TakeBack {

    private final EngineParts parts;
    private final PromotionId id;

    TakeBack(EngineParts parts, PromotionId id) {
        this.parts = parts;
        this.id = id;
    }

    /** By its plan, where nobody could do it without. */
    Outcome<Move> carryOut(
            Function<Optional<Ledger.Lease>, WorkContext> context,
            String reason,
            Optional<Integer> revision,
            Optional<Digest> plan) {
        Optional<Ledger.Lease> lease = parts.ledger().lease(id);
        try {
            WorkContext work = context.apply(lease);
            Attempt attempt = work.attempt();
            return work.tell(new StartRollback(attempt, false, reason, revision, plan))
                    .then(begun -> work.known())
                    .then(known -> new ProductionRestore(work).carryOut(known, attempt.id()));
        } finally {
            lease.ifPresent(Ledger.Lease::close);
        }
    }
}
