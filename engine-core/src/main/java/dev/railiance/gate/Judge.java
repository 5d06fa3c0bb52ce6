package dev.railiance.gate;

import dev.railiance.contract.Gate;
import dev.railiance.contract.Gate.NoData;
import dev.railiance.gate.Observation.*;
import dev.railiance.gate.Samples.Condition;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.GateEvaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Judges gates. The same gate, observation and look give the same verdict, in whatever order samples come. */
public final class Judge {

    private static final String FORM = "railiance.gate-evidence.v1";

    private Judge() {}

    /**
     * Judges what was seen.
     *
     * @throws IllegalArgumentException if the observation is not one of the gate's kind
     */
    public static GateEvaluation judge(Gate gate, Observation seen, Window window, Look look) {
        Ruling ruling = ruling(gate, seen, look);
        var circumstances = new Circumstances(look, seen.condition());
        List<Double> stable = seen.stable().values();
        List<Double> canary = seen.canary().values();
        Optional<String> query = query(gate);
        return new GateEvaluation(
                gate.name(),
                ruling.verdict(),
                ruling.reason() + " " + circumstances.written(),
                query,
                window.from(),
                window.to(),
                stable,
                canary,
                digest(query, window, circumstances, stable, canary));
    }

    /**
     * Judges once more what the ledger holds, by the numbers in it: the verdict must be the same. Names of pods and reasons of
     * the cluster are not among the numbers.
     *
     * @return empty if it does not say under which circumstances it was made, its samples have not its digest, or no judge can have made it
     */
    public static Optional<GateEvaluation> again(Gate gate, GateEvaluation recorded) {
        boolean incomplete = gate instanceof Gate.Rollout && recorded.canary().size() != FactJudges.ROLLOUT_NUMBERS;
        if (incomplete || recorded.to().isBefore(recorded.from())) {
            return Optional.empty();
        }
        var window = new Window(recorded.from(), recorded.to());
        return Circumstances.read(recorded.reason())
                .filter(circumstances -> recorded.digest()
                        .equals(digest(recorded.query(), window, circumstances, recorded.stable(), recorded.canary())))
                .map(circumstances -> judge(
                        gate, remembered(gate, recorded, circumstances.condition()), window, circumstances.look()));
    }

    /** Whether a recorded look at a comparison has taken its share of the false-positive rate: what cannot be judged takes none. */
    public static boolean spent(GateEvaluation recorded) {
        return !recorded.stable().isEmpty()
                && !recorded.canary().isEmpty()
                && Samples.of(recorded.stable()).finite()
                && Samples.of(recorded.canary()).finite()
                && Circumstances.read(recorded.reason())
                        .filter(circumstances -> circumstances.condition() == Condition.WHOLE)
                        .isPresent();
    }

    private static Observation remembered(Gate gate, GateEvaluation recorded, Condition condition) {
        List<Double> numbers = recorded.canary();
        return switch (gate) {
            case Gate.Metric metric -> new Sampled(new Samples(numbers, condition));
            case Gate.Compare compare ->
                new Compared(new Samples(recorded.stable(), condition), new Samples(numbers, condition));
            case Gate.Http http -> new Remembered(numbers);
            case Gate.Rollout rollout -> FactJudges.rollout(numbers);
            case Gate.Pods pods -> FactJudges.pods(numbers);
            case Gate.Command command ->
                new CommandEnd(
                        numbers.isEmpty()
                                ? OptionalInt.empty()
                                : OptionalInt.of(numbers.getFirst().intValue()));
        };
    }

    private static Ruling ruling(Gate gate, Observation seen, Look look) {
        return switch (gate) {
            case Gate.Metric metric
            when seen instanceof Sampled ->
                usable(seen, metric.sampling().onNoData())
                        .orElseGet(() -> new MetricJudge(metric).judge(seen.canary()));
            case Gate.Compare compare
            when seen instanceof Compared ->
                usable(seen, compare.sampling().onNoData())
                        .orElseGet(() -> new CompareJudge(compare, look).judge(seen.stable(), seen.canary()));
            case Gate.Http http
            when seen instanceof Exchanges || seen instanceof Remembered -> FactJudges.http(http, seen.canary());
            case Gate.Rollout rollout
            when seen instanceof RolloutProgress progress -> FactJudges.rollout(rollout, progress);
            case Gate.Pods pods when seen instanceof PodStates states -> FactJudges.pods(pods, states);
            case Gate.Command command when seen instanceof CommandEnd -> FactJudges.command(command, seen.canary());
            default ->
                throw new IllegalArgumentException("a gate of the kind "
                        + gate.getClass().getSimpleName() + " is not judged by "
                        + seen.getClass().getSimpleName());
        };
    }

    /** The ruling where samples cannot be judged; only for no data at all the contract may say which one it is. */
    private static Optional<Ruling> usable(Observation seen, NoData onNoData) {
        if (seen.condition() == Condition.UNMATCHED) {
            return Optional.of(Ruling.hold("the query's labels match no series"));
        }
        if (seen.condition() == Condition.UNAVAILABLE) {
            return Optional.of(Ruling.hold("there is no answer to the query"));
        }
        if (seen.canary().isEmpty()) {
            String reason = "no data of the canary";
            return Optional.of(
                    switch (onNoData) {
                        case HOLD -> Ruling.hold(reason);
                        case FAIL -> Ruling.fail(reason + ", which the contract takes for a fail");
                        case PASS -> Ruling.pass(reason + ", which the contract takes for a pass");
                    });
        }
        if (seen.condition() == Condition.INTERRUPTED) {
            return Optional.of(Ruling.hold("the samples have a gap, or something was started anew among them"));
        }
        return seen.canary().finite() && seen.stable().finite()
                ? Optional.empty()
                : Optional.of(Ruling.hold("some samples are no finite numbers"));
    }

    private static Optional<String> query(Gate gate) {
        return switch (gate) {
            case Gate.Metric metric -> Optional.of(metric.query());
            case Gate.Compare compare -> Optional.of(compare.query());
            case Gate.Http http -> Optional.of(http.method() + " " + http.url());
            case Gate.Rollout rollout -> Optional.empty();
            case Gate.Pods pods -> Optional.empty();
            case Gate.Command command -> Optional.empty();
        };
    }

    /** Each sample as Java writes a double: the shortest decimal that is this double and no other, {@code NaN}, {@code Infinity}. */
    private static Digest digest(
            Optional<String> query,
            Window window,
            Circumstances circumstances,
            List<Double> stable,
            List<Double> canary) {
        var parts = new ArrayList<String>();
        parts.add(FORM);
        parts.add(query.orElse(""));
        parts.add(window.from().toString());
        parts.add(window.to().toString());
        parts.add(circumstances.written());
        parts.add(String.valueOf(stable.size()));
        stable.forEach(sample -> parts.add(Double.toString(sample)));
        parts.add(String.valueOf(canary.size()));
        canary.forEach(sample -> parts.add(Double.toString(sample)));
        return Digest.ofParts(parts.toArray(String[]::new));
    }
}
