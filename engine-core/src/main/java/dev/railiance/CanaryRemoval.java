package dev.railiance;

import dev.railiance.effect.ReleaseState;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.TrafficShare;
import dev.railiance.stage2.Known;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a canary away under an attempt that is recorded already: first its traffic, then itself; then proves that it is gone.
 * A release of its name that somebody else has made is left alone.
 */
final class CanaryRemoval {

    private static final Duration INTERVAL = Duration.ofMillis(300);
    private static final int LOOKS = 30;

    private final WorkContext work;

    CanaryRemoval(WorkContext work) {
        this.work = work;
    }

    /** Nothing is recorded; what is not as it was before the canary. */
    Outcome<List<String>> takenAway(Known known, AttemptId attempt) {
        return traffic(known, attempt).then(away -> removed(attempt)).then(removed -> differences());
    }

    private Outcome<Boolean> traffic(Known known, AttemptId attempt) {
        if (!work.design().weighted()) {
            return Outcome.done(true);
        }
        String routing = work.design().routing();
        return new SettledRelease(work, routing)
                .undisturbed()
                .then(state -> work.ours(attempt).then(ours -> switch (state) {
                    case ReleaseState.Absent absent -> Outcome.done(true);
                    case ReleaseState.Present present -> {
                        work.says("giving the canary no traffic");
                        boolean pending = present.condition() == ReleaseState.Condition.PENDING;
                        Outcome<ReleaseState> clear = pending ? work.deployer().repair(routing) : Outcome.done(present);
                        yield clear.then(cleared ->
                                        work.deployer().apply(work.design().routing(work.mark(known, attempt, 0))))
                                .then(applied -> Outcome.done(true));
                    }
                }));
    }

    private Outcome<Boolean> removed(AttemptId attempt) {
        String canary = work.design().canary();
        work.says("removing " + canary);
        // What is still being installed would come back after it.
        var release = new SettledRelease(work, canary);
        return release.undisturbed().then(settled -> work.ours(attempt)).then(ours -> release.removed());
    }

    /** What is not as it was before the canary. */
    private Outcome<List<String>> differences() {
        for (int looks = 1; looks < LOOKS; looks++) {
            Outcome<List<String>> left = look();
            if (left instanceof Outcome.NotDone<List<String>>
                    || (left instanceof Outcome.Done<List<String>> done
                            && done.value().isEmpty())
                    || !work.pause(INTERVAL)) {
                return left;
            }
        }
        return look();
    }

    private Outcome<List<String>> look() {
        return new SettledRelease(work, work.design().canary()).left().then(canary -> {
            List<String> left = new ArrayList<>();
            if (canary) {
                left.add("release " + work.design().canary());
            }
            if (!work.design().weighted()) {
                return Outcome.done(left);
            }
            return work.deployer()
                    .state(work.design().routing())
                    .then(routing -> routing instanceof ReleaseState.Absent
                            ? Outcome.done(left)
                            : work.deployer().share(work.design().route()).then(share -> withTraffic(left, share)));
        });
    }

    private static Outcome<List<String>> withTraffic(List<String> left, TrafficShare share) {
        if (share.percent() > 0) {
            left.add(share.percent() + " % of the traffic");
        }
        return Outcome.done(left);
    }
}
