package dev.railiance;

import dev.railiance.effect.ReleaseState;
import dev.railiance.effect.ReleaseState.Condition;
import dev.railiance.effect.ReleaseState.Present;
import dev.railiance.failure.Outcome;
import java.time.Duration;
import java.util.Optional;

/** The release in production, once nothing of this promotion is under way on it any more. */
final class StableRelease {

    private static final Duration INTERVAL = Duration.ofMillis(500);

    /**
     * How often it is looked at. Helm does not wait for workloads, so an operation that takes longer has died; one that is
     * alive, of a process that hangs or was killed, must not change anything after somebody else has.
     */
    private static final int LOOKS = 30;

    private final WorkContext work;

    StableRelease(WorkContext work) {
        this.work = work;
    }

    /** Its state; pending by this promotion only where that operation has died. */
    Outcome<ReleaseState> settled() {
        String release = work.design().stable();
        Outcome<ReleaseState> state = work.deployer().state(release);
        for (int looks = 1; looks < LOOKS && pending(state) && work.pause(INTERVAL); looks++) {
            state = work.deployer().state(release);
        }
        return state;
    }

    private boolean pending(Outcome<ReleaseState> state) {
        return state instanceof Outcome.Done<ReleaseState> done
                && done.value() instanceof Present present
                && present.condition() == Condition.PENDING
                && present.promotion().equals(Optional.of(work.id()));
    }
}
