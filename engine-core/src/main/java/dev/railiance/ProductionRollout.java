package dev.railiance;

import dev.railiance.effect.ReleaseState;
import dev.railiance.effect.ReleaseState.Condition;
import dev.railiance.effect.ReleaseState.Present;
import dev.railiance.effect.RolloutLook;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.GateEvaluation;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.CompletePromote;
import dev.railiance.promotion.PromotionCommand.FailPromote;
import dev.railiance.stage2.Known;
import dev.railiance.stage3.Standing;
import java.util.List;
import java.util.Optional;

/**
 * Brings the artifact to production under an attempt that is recorded already, or finds out how far an earlier process came
 * with it: what the release says of itself decides, never what this process remembers.
 */
final class ProductionRollout {

    private final WorkContext work;

    ProductionRollout(WorkContext work) {
        this.work = work;
    }

    Outcome<Move> carryOut(Known known, AttemptId attempt) {
        return new SettledRelease(work, work.design().stable()).settled().then(state -> from(state, known, attempt));
    }

    private Outcome<Move> from(ReleaseState state, Known known, AttemptId attempt) {
        if (!(state instanceof Present present)) {
            return applied(known, attempt);
        }
        if (present.condition() == Condition.PENDING) {
            return present.promotion().equals(Optional.of(work.id()))
                    ? work.deployer().repair(work.design().stable()).then(sound -> applied(known, attempt))
                    : Outcome.notDone(new Failure(
                            Code.CHANGED_CONCURRENTLY,
                            "an operation of somebody else on revision " + present.revision() + " of "
                                    + work.design().stable() + " is under way, or died halfway",
                            work.resumed()));
        }
        if (!present.madeBy(attempt)) {
            return applied(known, attempt);
        }
        return present.condition() == Condition.DEPLOYED
                ? watched(known, attempt, present)
                : failed(attempt, "revision " + present.revision() + " of the release failed", List.of());
    }

    private Outcome<Move> applied(Known known, AttemptId attempt) {
        if (work.overtaken(attempt)) {
            return work.stale();
        }
        work.says("deploying " + work.design().stable());
        return switch (work.deployer().apply(work.design().production(work.mark(known, attempt, 0)))) {
            case Outcome.Done<Present> done -> watched(known, attempt, done.value());
            case Outcome.NotDone<Present> not ->
                work.overtaken(attempt)
                        ? work.stale()
                        : WorkContext.open(not.failure())
                                ? Outcome.notDone(not.failure())
                                : failed(attempt, not.failure().message(), List.of());
        };
    }

    private Outcome<Move> watched(Known known, AttemptId attempt, Present present) {
        return new RolloutWatch(work)
                .until(work.design().stable(), attempt, work.design().deploy().timeout())
                .then(look -> look.state() == RolloutLook.State.READY
                        ? alone(known, attempt, present)
                        : failed(attempt, look.summary(), List.of()));
    }

    /**
     * All traffic goes to stable, and the canary is gone, before anything is judged. What is ready may be what somebody else
     * has brought back meanwhile.
     */
    private Outcome<Move> alone(Known known, AttemptId attempt, Present present) {
        if (work.overtaken(attempt)) {
            return work.stale();
        }
        return new CanaryRemoval(work)
                .takenAway(known, attempt)
                .then(left -> left.isEmpty()
                        ? judged(attempt, present)
                        : Outcome.notDone(new Failure(
                                Code.CLUSTER_REFUSED,
                                "production runs the artifact, but of its canary is still there: "
                                        + String.join(", ", left),
                                work.resumed())));
    }

    private Outcome<Move> judged(AttemptId attempt, Present present) {
        return GateSight.of(work).then(sight -> {
            try (sight) {
                return judged(attempt, present, new ProductionGates(work, sight).look());
            }
        });
    }

    private Outcome<Move> judged(AttemptId attempt, Present present, ProductionGates.Judged judged) {
        if (judged.interrupted()) {
            return work.interrupted();
        }
        return judged.failure().isPresent()
                ? failed(attempt, judged.failure().get(), judged.looks())
                : completed(attempt, present, judged.looks());
    }

    private Outcome<Move> completed(AttemptId attempt, Present present, List<GateEvaluation> looks) {
        return new SettledRelease(work, work.design().stable())
                .made(attempt, present)
                .then(made -> told(attempt, new CompletePromote(attempt, made, looks)))
                .then(told -> Outcome.done(Move.of("promoted")));
    }

    /** Recorded, and where the contract says so taken back at once. */
    private Outcome<Move> failed(AttemptId attempt, String reason, List<GateEvaluation> looks) {
        Attempt rollback = work.attempt();
        return told(attempt, new FailPromote(attempt, reason, rollback, looks))
                .then(told -> work.known())
                .then(known -> Standing.rollingBack(known.promotion().orElseThrow())
                        ? new ProductionRestore(work)
                                .carryOut(known, rollback.id())
                                .then(move -> Outcome.done(Move.of(
                                        move.outcome(),
                                        move.outcome().equals("incomplete")
                                                ? reason + "; " + move.reason().orElse("")
                                                : reason)))
                        : Outcome.done(Move.of("failed", reason)));
    }

    private Outcome<Decision> told(AttemptId attempt, PromotionCommand command) {
        Outcome<Decision> told = work.tell(command);
        return told instanceof Outcome.NotDone<Decision> && work.overtaken(attempt) ? work.stale() : told;
    }
}
