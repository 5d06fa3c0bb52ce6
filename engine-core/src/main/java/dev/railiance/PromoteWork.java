package dev.railiance;

import dev.railiance.effect.Deployer;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.Ledger;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand.StartPromote;
import dev.railiance.promotion.PromotionCommand.SupersedePromotion;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Release;
import dev.railiance.promotion.Target;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.Known;
import dev.railiance.stage3.PreviousRelease;
import dev.railiance.stage3.Standing;
import java.util.List;
import java.util.Optional;

/** The work on one promotion to production under a lease, from what ledger and cluster say. */
final class PromoteWork {

    private final EngineParts parts;
    private final CanaryDesign design;
    private final Deployer deployer;
    private final PromoteRequest request;

    PromoteWork(EngineParts parts, CanaryDesign design, Deployer deployer, PromoteRequest request) {
        this.parts = parts;
        this.design = design;
        this.deployer = deployer;
        this.request = request;
    }

    Outcome<Move> carryOut(Digest plan, PromotionId id) {
        Optional<Ledger.Lease> lease = parts.ledger().lease(id);
        if (lease.isEmpty()) {
            return Outcome.notDone(EngineFailures.busy(id, parts.ledger().leaseholder(id)));
        }
        try (Ledger.Lease held = lease.get()) {
            var work = new WorkContext(
                    parts,
                    id,
                    Optional.of(held),
                    design,
                    deployer,
                    request.context(),
                    request.cancellation(),
                    request.progress(),
                    "railiance promote " + id + " --apply");
            return work.known().then(known -> next(work, known, plan));
        }
    }

    private Outcome<Move> next(WorkContext work, Known known, Digest plan) {
        Promotion promotion = known.promotion().orElseThrow();
        if (Standing.promoting(promotion)) {
            return rolledOut(work, known, promotion.attempt().orElseThrow());
        }
        if (Standing.rollingBack(promotion)) {
            return new ProductionRestore(work).resumed(known);
        }
        // What was there before the first attempt is what a rollback goes back to, not what that attempt left behind.
        Outcome<Release> previous = PreviousRelease.recorded(known)
                .<Outcome<Release>>map(Outcome::done)
                .orElseGet(() -> new PreviousRelease(design, deployer).now());
        Attempt attempt = work.attempt();
        return previous.then(release -> work.tell(new StartPromote(attempt, plan, Optional.of(release))))
                .then(started -> work.known())
                .then(begun -> rolledOut(work, begun, attempt));
    }

    private Outcome<Move> rolledOut(WorkContext work, Known known, Attempt attempt) {
        Target target = known.promotion().orElseThrow().target();
        return new ProductionRollout(work)
                .carryOut(known, attempt.id())
                .then(move -> move.outcome().equals("promoted")
                        ? Outcome.done(superseded(parts, work.id(), target, move))
                        : Outcome.done(move));
    }

    /** Those that were promoted on the target before it are in production no longer; said again where that failed. */
    static Move superseded(EngineParts parts, PromotionId id, Target target, Move move) {
        Outcome<Move> told = parts.engine()
                .query(view -> Outcome.done(view.promoted(target)))
                .then(promoted -> Outcome.done(promoted.subList(0, Math.max(0, promoted.indexOf(id)))))
                .then(replaced -> told(parts, id, replaced, move));
        return switch (told) {
            case Outcome.Done<Move> done -> done.value();
            case Outcome.NotDone<Move> not ->
                Move.of(
                        move.outcome(),
                        "what was in production before is not recorded as superseded yet: "
                                + not.failure().message());
        };
    }

    private static Outcome<Move> told(EngineParts parts, PromotionId id, List<PromotionId> replaced, Move move) {
        for (PromotionId one : replaced) {
            var told = parts.engine().handle(one, new SupersedePromotion(id));
            if (told instanceof Outcome.NotDone<?> not
                    && not.failure().code() != Code.ILLEGAL_TRANSITION
                    && not.failure().code() != Code.PROMOTION_ENDED) {
                Failure failure = not.failure();
                return Outcome.notDone(failure);
            }
        }
        return Outcome.done(move);
    }
}
