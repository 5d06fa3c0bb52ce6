package dev.railiance;

import dev.railiance.effect.RolloutLook;
import dev.railiance.effect.RolloutLook.State;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.AttemptId;
import java.time.Duration;

/** Watches a rollout until it is ready or will not become so. */
final class RolloutWatch {

    private static final Duration INTERVAL = Duration.ofMillis(400);

    /** How many looks in a row may find the cluster out of reach: an API server that starts anew is waited for. */
    private static final int PATIENCE = 5;

    /** How many looks pass between two questions to the ledger whether the attempt still counts. */
    private static final int TRUST = 8;

    private final WorkContext work;

    RolloutWatch(WorkContext work) {
        this.work = work;
    }

    /** The last look: ready, or stuck with the reason; or why there is none. */
    Outcome<RolloutLook> until(String release, AttemptId attempt, Duration timeout) {
        long start = System.nanoTime();
        int blind = 0;
        String said = "";
        for (int looks = 1; ; looks++) {
            Outcome<RolloutLook> asked = work.deployer().rollout(release);
            if (asked instanceof Outcome.Done<RolloutLook> done) {
                blind = 0;
                RolloutLook look = done.value();
                if (!look.summary().equals(said)) {
                    said = look.summary();
                    work.says(said);
                }
                if (look.state() != State.UNDER_WAY) {
                    return asked;
                }
                if (System.nanoTime() - start > timeout.toNanos()) {
                    return Outcome.done(new RolloutLook(
                            State.STUCK, "not ready within " + timeout.toSeconds() + " s: " + look.summary()));
                }
            } else if (++blind >= PATIENCE) {
                return work.overtaken(attempt) ? work.stale() : asked;
            }
            if (looks % TRUST == 0 && work.overtaken(attempt)) {
                return work.stale();
            }
            if (!work.pause(INTERVAL)) {
                return work.interrupted();
            }
        }
    }
}
