package dev.railiance;

import dev.railiance.effect.ClusterObject;
import dev.railiance.effect.ReleaseState;
import dev.railiance.effect.ReleaseState.Condition;
import dev.railiance.effect.ReleaseState.Present;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Release;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A release, once nothing is under way on it any more: an operation that is alive, of a process that hangs or
 * was killed, must not change anything after somebody else has.
 */
final class SettledRelease {

    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** With a process on this machine its tools end too; it may take them a moment. */
    private static final Duration DYING = Duration.ofSeconds(5);

    private final WorkContext work;
    private final String release;

    SettledRelease(WorkContext work, String release) {
        this.work = work;
        this.release = release;
    }

    /** Its state; pending by this promotion only where that operation has died. What others have begun is not waited for. */
    Outcome<ReleaseState> settled() {
        return settled(false);
    }

    /** Its state; pending only where that operation has died, whoever began it. */
    Outcome<ReleaseState> undisturbed() {
        return settled(true);
    }

    /** What an attempt has made and was watched, unless somebody else has changed it meanwhile. */
    Outcome<Release> made(AttemptId attempt, Present watched) {
        return unchanged(attempt, watched)
                .then(same -> work.deployer().objects(release, same.revision()))
                .then(objects -> Outcome.done(new Release(
                        release,
                        work.design().deploy().namespace(),
                        watched.revision(),
                        ClusterObject.together(objects))));
    }

    private Outcome<Present> unchanged(AttemptId attempt, Present watched) {
        return work.deployer()
                .state(release)
                .then(state -> state instanceof Present present
                                && present.condition() == Condition.DEPLOYED
                                && present.madeBy(attempt)
                                && present.revision() == watched.revision()
                        ? Outcome.done(present)
                        : Outcome.notDone(new Failure(
                                Code.CHANGED_CONCURRENTLY,
                                "somebody else has changed release " + release + " since revision " + watched.revision()
                                        + " was deployed",
                                work.resumed())));
    }

    /** Uninstalls what this promotion has made; what somebody else has stays. */
    Outcome<Boolean> removed() {
        return work.deployer()
                .state(release)
                .then(state -> state.isOf(work.id())
                        ? work.deployer().remove(release, work.design().deploy().timeout())
                        : Outcome.done(false));
    }

    /** Whether it is there, and made by this promotion. */
    Outcome<Boolean> left() {
        return work.deployer().state(release).then(state -> Outcome.done(state.isOf(work.id())));
    }

    private Outcome<ReleaseState> settled(boolean whoever) {
        Instant asked = work.now();
        int said = 0;
        while (true) {
            Outcome<ReleaseState> state = work.deployer().state(release);
            Optional<Present> pending = pending(state, whoever);
            if (pending.isEmpty()) {
                return state;
            }
            Duration longest = work.deployer().longest(work.design().deploy().timeout());
            // Of what others have begun nothing is known but Helm's own time.
            boolean ended = work.alone() && pending.get().promotion().equals(Optional.of(work.id()));
            Instant end = end(asked, pending.get().since(), longest, ended);
            if (!work.now().isBefore(end)) {
                return state;
            }
            if (said != pending.get().revision()) {
                said = pending.get().revision();
                work.says("revision " + said + " of " + release
                        + " is pending: that operation is waited for, until " + end.truncatedTo(ChronoUnit.SECONDS)
                        + " at most");
            }
            if (!work.pause(INTERVAL)) {
                return work.interrupted();
            }
        }
    }

    /**
     * When a pending operation has certainly died.
     *
     * @param since when it was begun, where that is known
     * @param longest for which it may live
     * @param ended whether whoever began it certainly has
     */
    static Instant end(Instant asked, Optional<Instant> since, Duration longest, boolean ended) {
        // A clock that goes ahead of this one must not make the wait longer.
        Instant begun = since.filter(asked::isAfter).orElse(asked);
        Instant dead = begun.plus(longest);
        Instant soon = asked.plus(DYING);
        return ended && soon.isBefore(dead) ? soon : dead;
    }

    private Optional<Present> pending(Outcome<ReleaseState> state, boolean whoever) {
        return state instanceof Outcome.Done<ReleaseState> done
                        && done.value() instanceof Present present
                        && present.condition() == Condition.PENDING
                        && (whoever || present.promotion().equals(Optional.of(work.id())))
                ? Optional.of(present)
                : Optional.empty();
    }
}
