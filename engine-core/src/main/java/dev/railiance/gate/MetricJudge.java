package dev.railiance.gate;

import static dev.railiance.gate.Ruling.number;

import dev.railiance.contract.Gate;
import dev.railiance.contract.Gate.Comparison;

/** Holds every sample against an absolute limit. No chance is in that, so any number of looks is as good as one. */
record MetricJudge(Gate.Metric gate) {

    Ruling judge(Samples canary) {
        double[] values = canary.sorted(false);
        int broken = 0;
        double worst = values[0];
        for (double value : values) {
            if (!holds(value)) {
                broken++;
                // Of values that are too small the first one is the worst.
                worst = broken > 1 && wantsLarge() ? worst : value;
            }
        }
        String limit = gate.comparison().symbol() + " " + number(gate.limit());
        if (broken > 0) {
            return Ruling.fail(
                    broken + " of " + values.length + " samples are not " + limit + ", the worst is " + number(worst));
        }
        int wanted = gate.sampling().samples();
        return values.length < wanted
                ? Ruling.hold("few samples: " + values.length + " of the " + wanted
                        + " that the contract asks for, all " + limit)
                : Ruling.pass("all " + values.length + " samples are " + limit + ", between " + number(values[0])
                        + " and " + number(values[values.length - 1]));
    }

    private boolean wantsLarge() {
        return gate.comparison() == Comparison.MORE || gate.comparison() == Comparison.AT_LEAST;
    }

    private boolean holds(double value) {
        double limit = gate.limit();
        return switch (gate.comparison()) {
            case LESS -> value < limit;
            case AT_MOST -> value <= limit;
            case MORE -> value > limit;
            case AT_LEAST -> value >= limit;
            case EQUAL -> value == limit;
            case NOT_EQUAL -> value != limit;
        };
    }
}
