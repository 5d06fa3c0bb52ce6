package dev.railiance;

import dev.railiance.effect.Deployer.Deployment;
import dev.railiance.effect.ReleaseState.Condition;
import dev.railiance.effect.ReleaseState.Present;
import dev.railiance.effect.RolloutLook;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.PromotionCommand.ChangeWeight;
import dev.railiance.promotion.PromotionCommand.FailWeight;
import dev.railiance.promotion.PromotionEvent.CanaryDeployStarted;
import dev.railiance.promotion.TrafficShare;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.Known;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Gives the canary a share of the traffic under an attempt that is recorded already, and reads back what it really is. */
final class WeightChange {

    private static final Duration INTERVAL = Duration.ofMillis(300);
    private static final int LOOKS = 50;

    /** Weights are whole percents. */
    private static final double TOLERANCE = 0.5;

    private final WorkContext work;

    WeightChange(WorkContext work) {
        this.work = work;
    }

    Outcome<Move> carryOut(Known known, AttemptId attempt, int weight, String outcome) {
        work.says("giving the canary " + weight + " % of the traffic");
        Outcome<TrafficShare> changed = pods(known, attempt, weight)
                .then(ready -> routed(known, attempt, weight))
                .then(routed -> readBack(weight));
        return switch (changed) {
            case Outcome.Done<TrafficShare> done ->
                work.tell(new ChangeWeight(Optional.of(attempt), weight, Optional.of(done.value())))
                        .then(told ->
                                Outcome.done(Move.of(outcome, "the canary gets " + weight + " % of the traffic")));
            case Outcome.NotDone<TrafficShare> not ->
                WorkContext.open(not.failure())
                        ? Outcome.notDone(not.failure())
                        : work.tell(new FailWeight(attempt, not.failure().message()))
                                .then(told -> Outcome.notDone(not.failure()));
        };
    }

    /** Where pods make the share, there have to be as many as it takes, before any traffic goes to them. */
    private Outcome<Boolean> pods(Known known, AttemptId attempt, int weight) {
        if (!work.design().sharedByPods() || weight == 0) {
            return Outcome.done(true);
        }
        AttemptId origin = known.last(CanaryDeployStarted.class)
                .map(started -> started.attempt().id())
                .orElse(attempt);
        return work.deployer()
                .replicas(work.design().stable())
                .then(stable -> scaled(known, attempt, origin, weight, CanaryDesign.pods(weight, stable.orElse(1))))
                .then(made -> new RolloutWatch(work)
                        .until(
                                work.design().canary(),
                                attempt,
                                work.design().deploy().timeout()))
                .then(look -> look.state() == RolloutLook.State.READY
                        ? Outcome.done(true)
                        : Outcome.notDone(new Failure(Code.ROLLOUT_FAILED, look.summary(), work.resumed())));
    }

    /** A revision of the canary only where its number of pods changes. */
    private Outcome<Boolean> scaled(Known known, AttemptId attempt, AttemptId origin, int weight, int pods) {
        return work.deployer()
                .replicas(work.design().canary())
                .then(present -> present.equals(OptionalInt.of(pods))
                        ? Outcome.done(true)
                        : made(
                                        work.design().canary(),
                                        attempt,
                                        work.design()
                                                .canary(
                                                        work.mark(known, attempt, weight),
                                                        origin,
                                                        OptionalInt.of(pods)))
                                .then(made -> Outcome.done(true)));
    }

    private Outcome<Present> routed(Known known, AttemptId attempt, int weight) {
        return made(work.design().routing(), attempt, work.design().routing(work.mark(known, attempt, weight)));
    }

    /** A revision for this attempt, unless there is one. */
    private Outcome<Present> made(String release, AttemptId attempt, Deployment deployment) {
        return new SettledRelease(work, release).settled().then(state -> {
            // A canary that was given up meanwhile must not get traffic, nor pods.
            if (work.overtaken(attempt)) {
                return work.stale();
            }
            if (state instanceof Present present) {
                if (present.madeBy(attempt) && present.condition() == Condition.DEPLOYED) {
                    return Outcome.done(present);
                }
                if (present.condition() == Condition.PENDING) {
                    return work.deployer()
                            .repair(release)
                            .then(repaired -> work.deployer().apply(deployment));
                }
            }
            return work.deployer().apply(deployment);
        });
    }

    private Outcome<TrafficShare> readBack(int weight) {
        Outcome<TrafficShare> read = work.deployer().share(work.design().route());
        for (int looks = 1; looks < LOOKS && !settled(read, weight); looks++) {
            if (!work.pause(INTERVAL)) {
                return work.interrupted();
            }
            read = work.deployer().share(work.design().route());
        }
        return read.then(share -> as(share, weight)
                ? Outcome.done(share)
                : Outcome.notDone(new Failure(
                        Code.CLUSTER_REFUSED,
                        "the canary gets " + share.percent() + " % of the traffic instead of " + weight + " %",
                        work.resumed())));
    }

    private static boolean settled(Outcome<TrafficShare> read, int weight) {
        return read instanceof Outcome.Done<TrafficShare> done && as(done.value(), weight);
    }

    /** Whether a share is what was asked for; pods only come near it. */
    static boolean as(TrafficShare share, int weight) {
        if (weight == 0 || weight == 100) {
            return share.percent() == weight;
        }
        return share.canaryPods().isPresent()
                ? share.percent() > 0 && share.percent() < 100
                : Math.abs(share.percent() - weight) < TOLERANCE;
    }
}
