package dev.railiance.observation;

import dev.railiance.contract.Gate;
import dev.railiance.contract.Gate.Sampling;
import dev.railiance.gate.Judge;
import dev.railiance.gate.Look;
import dev.railiance.promotion.GateEvaluation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When a gate is worth another look, and which one that is. A gate that judges samples is looked at when there are new ones; a
 * comparison, each look at which costs a share of the false-positive rate, {@link #LOOKS} times at each weight: at every third
 * of the samples that the contract asks for.
 */
final class Pace {

    /** At a comparison, at each weight. */
    static final int LOOKS = 5;

    private static final int THIRDS = 3;

    /** Between two looks at a gate that judges no samples. */
    private static final Duration FACTS = Duration.ofSeconds(10);

    private final Gate gate;
    private final Question question;
    private final List<GateEvaluation> earlier;

    Pace(Gate gate, Question question) {
        this.gate = gate;
        this.question = question;
        this.earlier = question.earlier().stream()
                .filter(look -> look.gate().equals(gate.name()))
                .toList();
    }

    /** When the next look is due; {@link Instant#MAX} where all are taken. */
    Instant due() {
        return switch (gate) {
            case Gate.Compare compare -> {
                long taken = spent(here());
                Instant enough = question.since().plus(times(compare.sampling(), stride(compare) * (taken + 1)));
                yield taken >= LOOKS
                        ? Instant.MAX
                        : later(enough, rested(compare.sampling().interval()));
            }
            case Gate.Metric metric ->
                later(
                        question.since().plus(metric.sampling().interval()),
                        rested(metric.sampling().interval()));
            case Gate.Http http -> rested(FACTS);
            case Gate.Rollout rollout -> rested(FACTS);
            case Gate.Pods pods -> rested(FACTS);
            case Gate.Command command -> rested(FACTS);
        };
    }

    /** The look that comes next. Looks at samples that could not be judged have cost nothing. */
    Look next() {
        return gate instanceof Gate.Compare
                ? Look.of(Math.toIntExact(spent(earlier)) + 1, LOOKS * question.steps())
                : Look.of(1, 1);
    }

    /** How many of the newest samples are judged at most. */
    static int most(Gate.Compare compare) {
        return stride(compare) * LOOKS;
    }

    private static int stride(Gate.Compare compare) {
        return Math.ceilDiv(compare.sampling().samples(), THIRDS);
    }

    private List<GateEvaluation> here() {
        return earlier.stream()
                .filter(look -> !look.from().isBefore(question.since()))
                .toList();
    }

    private static long spent(List<GateEvaluation> looks) {
        return looks.stream().filter(Judge::spent).count();
    }

    private Instant rested(Duration pause) {
        return here().isEmpty() ? question.since() : here().getLast().to().plus(pause);
    }

    private static Duration times(Sampling sampling, long count) {
        return sampling.interval().multipliedBy(count);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
