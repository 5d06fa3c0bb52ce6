package dev.railiance.observation;

import dev.railiance.effect.ReleasePods;
import dev.railiance.gate.Observation;
import java.time.Duration;

/** What a cluster says of a release, as the judges of gates take it. */
final class ClusterFacts {

    private ClusterFacts() {}

    static Observation rollout(ReleasePods seen, Duration running) {
        return new Observation.RolloutProgress(
                seen.desired(),
                seen.updated(),
                seen.ready(),
                running.isNegative() ? Duration.ZERO : running,
                seen.stuck());
    }

    static Observation pods(ReleasePods seen) {
        return new Observation.PodStates(seen.pods().stream()
                .map(pod -> new Observation.Pod(
                        pod.name(), pod.ready(), pod.restarts(), pod.reason().filter(reason -> pod.hopeless())))
                .toList());
    }
}
