package dev.railiance.observation;

import dev.railiance.contract.Gate;
import dev.railiance.promotion.GateEvaluation;
import java.time.Instant;
import java.util.List;

/**
 * What to look at.
 *
 * @param release whose pods are looked at
 * @param track what {@code $TRACK} is in a query about the release itself: {@link #CANARY} or {@link #STABLE}
 * @param since when the release got what it is judged with, its share of the traffic: nothing from before counts
 * @param steps how many shares it gets one after the other, at least 1: the false-positive rate is for all of them together
 * @param earlier looks at these gates that were recorded, in their order
 */
public record Question(
        List<Gate> gates, String release, String track, Instant since, int steps, List<GateEvaluation> earlier) {

    /** The track of a canary. */
    public static final String CANARY = "canary";

    /** The track of what is in production. */
    public static final String STABLE = "stable";

    public Question {
        gates = List.copyOf(gates);
        earlier = List.copyOf(earlier);
        if (steps < 1) {
            throw new IllegalArgumentException("there is at least one step");
        }
    }
}
