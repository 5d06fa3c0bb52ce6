package dev.railiance.stage3;

import dev.railiance.effect.ClusterObject;
import dev.railiance.effect.Deployer;
import dev.railiance.effect.Deployer.KeptRevision;
import dev.railiance.effect.ReleaseState;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionEvent.PromoteStarted;
import dev.railiance.promotion.Release;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.Known;
import java.util.List;
import java.util.Optional;

/** What was in production before a promotion: recorded before production is touched, found again when it is to come back. */
public final class PreviousRelease {

    private final CanaryDesign design;
    private final Deployer deployer;

    /** For the release in production. */
    public PreviousRelease(CanaryDesign design, Deployer deployer) {
        this.design = design;
        this.deployer = deployer;
    }

    /**
     * The state to go back to.
     *
     * @param revision of the release; 0: there was none, and the release is removed
     * @param manifests what the ledger recorded of it; empty where somebody named the revision
     */
    public record Target(int revision, Optional<Digest> manifests) {

        /** Whether the release is removed. */
        public boolean nothing() {
            return revision == 0;
        }
    }

    /**
     * The state that was there before the promotion touched production for the first time, or the revision that somebody
     * names; empty where neither is known.
     */
    public static Optional<Target> target(Known known, Optional<Integer> asked) {
        return asked.map(revision -> new Target(revision, Optional.empty()))
                .or(() -> recorded(known)
                        .map(release -> new Target(
                                release.revision(),
                                release.revision() == 0 ? Optional.empty() : Optional.of(release.manifests()))));
    }

    /** What the ledger says was in production before the promotion. */
    public static Optional<Release> recorded(Known known) {
        return known.history().stream()
                .filter(PromoteStarted.class::isInstance)
                .map(PromoteStarted.class::cast)
                .findFirst()
                .flatMap(PromoteStarted::previous);
    }

    /** The newest sound revision as it is now, of revision 0 where there is none. */
    public Outcome<Release> now() {
        String release = design.stable();
        return deployer.history(release).then(history -> {
            int newest = history.stream()
                    .filter(KeptRevision::sound)
                    .mapToInt(KeptRevision::number)
                    .max()
                    .orElse(0);
            if (newest == 0 && !history.isEmpty()) {
                return Outcome.notDone(new Failure(
                        Code.ROLLBACK_IMPOSSIBLE,
                        "release " + release + " is there, but no revision of it was deployed as it should be: it could"
                                + " not be brought back",
                        "helm history " + release + deployer.place().helm()));
            }
            Outcome<List<ClusterObject>> objects =
                    newest == 0 ? Outcome.done(List.of()) : deployer.objects(release, newest);
            return objects.then(found -> Outcome.done(
                    new Release(release, design.deploy().namespace(), newest, ClusterObject.together(found))));
        });
    }

    /** The objects of the state to go back to, once it is certain that it can be had and is what the ledger says. */
    public Outcome<List<ClusterObject>> objects(Target target) {
        if (target.nothing()) {
            return Outcome.done(List.of());
        }
        String release = design.stable();
        return deployer.state(release)
                .then(state -> state instanceof ReleaseState.Absent
                        ? Outcome.notDone(new Failure(
                                Code.ROLLBACK_IMPOSSIBLE,
                                "release " + release + " is not there: somebody removed it, and its revisions with it",
                                "helm list --all" + deployer.place().helm()))
                        : deployer.history(release).then(history -> kept(target, history)));
    }

    private Outcome<List<ClusterObject>> kept(Target target, List<KeptRevision> history) {
        String release = design.stable();
        String look = "helm history " + release + deployer.place().helm();
        Optional<KeptRevision> kept = history.stream()
                .filter(revision -> revision.number() == target.revision())
                .findFirst();
        if (kept.isEmpty()) {
            return Outcome.notDone(new Failure(
                    Code.ROLLBACK_IMPOSSIBLE,
                    "revision " + target.revision() + " of " + release
                            + " is not in Helm's history, which keeps the newest " + history.size() + " here",
                    look));
        }
        if (!kept.get().sound()) {
            return Outcome.notDone(new Failure(
                    Code.ROLLBACK_IMPOSSIBLE,
                    "revision " + target.revision() + " of " + release + " never was deployed",
                    look));
        }
        return deployer.objects(release, target.revision())
                .then(objects -> target.manifests()
                                .filter(recorded -> !recorded.equals(ClusterObject.together(objects)))
                                .isEmpty()
                        ? Outcome.done(objects)
                        : Outcome.notDone(new Failure(
                                Code.ROLLBACK_IMPOSSIBLE,
                                "revision " + target.revision() + " of " + release
                                        + " is not what the ledger recorded before the promotion",
                                look)));
    }
}
