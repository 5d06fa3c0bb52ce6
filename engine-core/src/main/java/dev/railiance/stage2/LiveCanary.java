package dev.railiance.stage2;

import dev.railiance.effect.Deployer;
import dev.railiance.effect.ReleasePods;
import dev.railiance.effect.ReleaseState;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.TrafficShare;
import java.util.Optional;

/**
 * A canary and what it stands beside, as the cluster has them now.
 *
 * @param release the newest revision of the canary's release
 * @param stable the pods in production; empty where there is no such release
 * @param share what the canary really gets of the traffic; empty where it has an address of its own
 */
public record LiveCanary(
        ReleaseState release, ReleasePods canary, Optional<ReleasePods> stable, Optional<TrafficShare> share) {

    /** Asks the cluster. */
    public static Outcome<LiveCanary> of(CanaryDesign design, Known known, Deployer deployer) {
        return deployer.state(design.canary())
                .then(release -> pods(deployer, release, design.canary())
                        .then(canary -> deployer.state(design.stable())
                                .then(state -> state instanceof ReleaseState.Absent
                                        ? Outcome.<Optional<ReleasePods>>done(Optional.empty())
                                        : deployer.pods(design.stable()).then(pods -> Outcome.done(Optional.of(pods))))
                                .then(stable -> share(design, known, deployer)
                                        .then(share -> Outcome.done(new LiveCanary(release, canary, stable, share))))));
    }

    private static Outcome<ReleasePods> pods(Deployer deployer, ReleaseState state, String release) {
        return state instanceof ReleaseState.Absent ? Outcome.done(ReleasePods.NONE) : deployer.pods(release);
    }

    private static Outcome<Optional<TrafficShare>> share(CanaryDesign design, Known known, Deployer deployer) {
        boolean shared = design.weighted()
                && known.promotion().filter(one -> one.weight() > 0).isPresent();
        return shared
                ? deployer.share(design.route()).then(share -> Outcome.done(Optional.of(share)))
                : Outcome.done(Optional.empty());
    }
}
