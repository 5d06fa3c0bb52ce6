package dev.railiance.gate;

import dev.railiance.contract.Gate;
import dev.railiance.contract.Gate.Direction;
import dev.railiance.contract.Gate.NoData;
import dev.railiance.contract.Gate.Sampling;
import dev.railiance.contract.Gate.Stake;
import dev.railiance.promotion.GateEvaluation;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Gates and looks at them. */
final class Gates {

    static final Stake STAKE = new Stake(true, false, 1, false);
    static final Window WINDOW =
            new Window(Instant.parse("2026-01-05T10:00:00Z"), Instant.parse("2026-01-05T10:05:00Z"));

    private Gates() {}

    static Gate.Compare compare(Direction direction, double tolerance, int samples) {
        return new Gate.Compare("errors", STAKE, "errors{track='$TRACK'}", direction, tolerance, sampling(samples));
    }

    static Gate.Compare compare(double tolerance) {
        return compare(Direction.LOWER_IS_BETTER, tolerance, 1);
    }

    static Gate.Metric metric(Gate.Comparison comparison, double limit, NoData onNoData) {
        return new Gate.Metric(
                "errors", STAKE, "errors", comparison, limit, new Sampling(3, Duration.ofSeconds(15), onNoData));
    }

    private static Sampling sampling(int samples) {
        return new Sampling(samples, Duration.ofSeconds(15), NoData.HOLD);
    }

    static GateEvaluation look(Gate gate, List<Double> stable, List<Double> canary) {
        return look(gate, Samples.of(stable), Samples.of(canary), Look.of(1, 1));
    }

    static GateEvaluation look(Gate gate, Samples stable, Samples canary, Look look) {
        return Judge.judge(gate, new Observation.Compared(stable, canary), WINDOW, look);
    }

    static GateEvaluation look(Gate.Metric gate, Double... canary) {
        return Judge.judge(gate, new Observation.Sampled(Samples.of(Arrays.asList(canary))), WINDOW, Look.of(1, 1));
    }

    static List<Double> list(double... values) {
        return Arrays.stream(values).boxed().toList();
    }
}
