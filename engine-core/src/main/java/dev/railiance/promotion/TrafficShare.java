package dev.railiance.promotion;

import java.util.Optional;

/**
 * The canary's share of the traffic as it was read back.
 *
 * @param percent 0 to 100
 * @param canaryPods how many ready pods of the canary share the traffic, where pods make the share
 * @param stablePods the same of the running version
 */
public record TrafficShare(double percent, Optional<Integer> canaryPods, Optional<Integer> stablePods) {

    public TrafficShare {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("a share is 0 to 100 percent");
        }
    }

    /** A share that a router makes. */
    public static TrafficShare routed(double percent) {
        return new TrafficShare(percent, Optional.empty(), Optional.empty());
    }

    /** A share that the numbers of ready pods make; 0 where there is no pod at all. */
    public static TrafficShare ofPods(int canary, int stable) {
        double percent = canary + stable == 0 ? 0 : Math.rint(canary * 10_000.0 / (canary + stable)) / 100;
        return new TrafficShare(percent, Optional.of(canary), Optional.of(stable));
    }
}
