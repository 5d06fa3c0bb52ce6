package dev.railiance;

import dev.railiance.effect.Deployer.Deployment;
import dev.railiance.effect.ReleaseState;
import dev.railiance.effect.ReleaseState.Present;
import dev.railiance.effect.RolloutLook;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.PromotionCommand.CompleteCanary;
import dev.railiance.promotion.PromotionCommand.FailCanary;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.Known;
import java.util.OptionalInt;

/**
 * Deploys the canary under an attempt that is recorded already, or finds out how far an earlier process came with it: what
 * the release says of itself decides, never what this process remembers.
 */
final class CanaryRollout {

    private final WorkContext work;
    private final RolloutWatch watch;

    CanaryRollout(WorkContext work) {
        this.work = work;
        this.watch = new RolloutWatch(work);
    }

    Outcome<Move> carryOut(Known known, AttemptId attempt) {
        return new SettledRelease(work, work.design().canary()).settled().then(state -> from(state, known, attempt));
    }

    private Outcome<Move> from(ReleaseState state, Known known, AttemptId attempt) {
        if (!(state instanceof Present present) || !present.madeBy(attempt)) {
            return applied(known, attempt);
        }
        return switch (present.condition()) {
            case DEPLOYED -> watched(attempt, present);
            // It died halfway. The canary has no traffic: it is taken away and made by the same attempt.
            case PENDING -> removed().then(gone -> applied(known, attempt));
            case FAILED, OTHER -> failed(attempt, "revision " + present.revision() + " of the release failed");
        };
    }

    /** Without a look at what is there: nothing can be of an attempt that was recorded just now. */
    Outcome<Move> applied(Known known, AttemptId attempt) {
        if (work.overtaken(attempt)) {
            return work.stale();
        }
        work.says("deploying " + work.design().canary());
        return replicas().then(replicas -> {
            Deployment canary = work.design().canary(work.mark(known, attempt, 0), attempt, replicas);
            return switch (work.deployer().apply(canary)) {
                case Outcome.Done<Present> done -> watched(attempt, done.value());
                case Outcome.NotDone<Present> not -> notApplied(attempt, not.failure());
            };
        });
    }

    /** As many pods as the first step takes, where pods make the share. */
    private Outcome<OptionalInt> replicas() {
        if (!work.design().weighted() || !work.design().sharedByPods()) {
            return Outcome.done(OptionalInt.empty());
        }
        int first = work.design().steps().getFirst().weight();
        return work.deployer()
                .replicas(work.design().stable())
                .then(stable -> Outcome.done(OptionalInt.of(CanaryDesign.pods(first, stable.orElse(1)))));
    }

    private Outcome<Move> notApplied(AttemptId attempt, Failure failure) {
        return WorkContext.open(failure)
                ? Outcome.notDone(failure)
                : failed(attempt, failure.message()).then(move -> Outcome.notDone(failure));
    }

    private Outcome<Move> watched(AttemptId attempt, Present present) {
        return watch.until(
                        work.design().canary(), attempt, work.design().deploy().timeout())
                .then(look -> look.state() == RolloutLook.State.READY
                        ? completed(attempt, present)
                        : failed(attempt, look.summary()));
    }

    private Outcome<Move> completed(AttemptId attempt, Present present) {
        return new SettledRelease(work, work.design().canary())
                .made(attempt, present)
                .then(made -> work.tell(new CompleteCanary(attempt, made)))
                .then(told -> Outcome.done(Move.of("deployed")));
    }

    /** Nothing of it is left, then it is recorded; what is there may be somebody else's by now. */
    private Outcome<Move> failed(AttemptId attempt, String reason) {
        if (work.overtaken(attempt)) {
            return work.stale();
        }
        return removed()
                .then(gone -> work.tell(new FailCanary(attempt, reason)))
                .then(told -> Outcome.done(Move.of("failed", reason)));
    }

    private Outcome<Boolean> removed() {
        work.says("removing " + work.design().canary());
        return new SettledRelease(work, work.design().canary()).removed();
    }
}
