package dev.railiance;

import dev.railiance.effect.RolloutLook;
import dev.railiance.effect.RolloutLook.State;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.AttemptId;
import java.time.Duration;

/** Watches a rollout until it is ready or will not become so. */
final class RolloutWatch {

    private static final Duration INTERVAL = Duration.ofMillis(150);

    /** One look in so many is a close one, which takes twice as long. */
    private static final int CLOSE = 5;

    /** How many looks in a row may find the cluster out of reach: an API server that starts anew is waited for. */
    private static final int PATIENCE = 10;

    /** How many looks pass between two questions to the ledger whether the attempt still counts. */
    private static final int TRUST = 16;

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
            boolean late = System.nanoTime() - start > timeout.toNanos();
            boolean closely = late || looks % CLOSE == 1;
            Outcome<RolloutLook> asked = work.deployer().rollout(release, closely);
            if (asked instanceof Outcome.Done<RolloutLook> done) {
                blind = 0;
                RolloutLook look = done.value();
                boolean over = look.state() != State.UNDER_WAY;
                if ((closely || over) && !look.summary().equals(said)) {
                    said = look.summary();
                    work.says(said);
                }
                if (over) {
                    return asked;
                }
                if (late) {
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
