package dev.railiance;

import dev.railiance.contract.Gate;
import dev.railiance.observation.Question;
import dev.railiance.promotion.GateEvaluation;
import dev.railiance.promotion.GateEvaluation.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the gates of Stage 3 until each required one has passed, one has failed, or their window is over. */
final class ProductionGates {

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final WorkContext work;
    private final GateSight sight;

    ProductionGates(WorkContext work, GateSight sight) {
        this.work = work;
        this.sight = sight;
    }

    /**
     * What the last looks said.
     *
     * @param looks one for each gate
     * @param failure why production is not as it should be
     * @param interrupted whether it was not found out
     */
    record Judged(List<GateEvaluation> looks, Optional<String> failure, boolean interrupted) {}

    Judged look() {
        List<Gate> gates = work.design().contract().stage3().gates();
        if (gates.isEmpty()) {
            return new Judged(List.of(), Optional.empty(), false);
        }
        Instant since = work.now();
        Map<String, GateEvaluation> latest = new LinkedHashMap<>();
        List<GateEvaluation> earlier = new ArrayList<>();
        long end = System.nanoTime() + window(gates).toNanos();
        while (true) {
            work.says("looking at the gates of production");
            for (GateEvaluation look : sight.look(
                    new Question(gates, work.design().stable(), Question.STABLE, since, 1, List.copyOf(earlier)))) {
                earlier.add(look);
                latest.put(look.gate(), look);
            }
            List<GateEvaluation> looks = List.copyOf(latest.values());
            Optional<String> failed = first(looks, gates, Result.FAIL).map(look -> words(look, " failed: "));
            Optional<GateEvaluation> held = first(looks, gates, Result.HOLD);
            if (failed.isPresent() || (held.isEmpty() && looked(looks, gates))) {
                return new Judged(looks, failed, false);
            }
            if (System.nanoTime() > end) {
                return new Judged(
                        looks,
                        Optional.of(held.map(look -> words(look, " has not decided: "))
                                .orElse("not every gate of Stage 3 was looked at")),
                        false);
            }
            if (!work.pause(INTERVAL)) {
                return new Judged(looks, Optional.empty(), true);
            }
        }
    }

    private static String words(GateEvaluation look, String verb) {
        return "gate " + look.gate() + verb + look.reason();
    }

    /** A required gate that says so; one in shadow has no say. */
    private static Optional<GateEvaluation> first(List<GateEvaluation> looks, List<Gate> gates, Result verdict) {
        return looks.stream()
                .filter(look -> look.verdict() == verdict && required(gates).contains(look.gate()))
                .findFirst();
    }

    private static boolean looked(List<GateEvaluation> looks, List<Gate> gates) {
        return looks.stream().map(GateEvaluation::gate).toList().containsAll(required(gates));
    }

    private static List<String> required(List<Gate> gates) {
        return gates.stream()
                .filter(gate -> gate.stake().required() && !gate.stake().shadow())
                .map(Gate::name)
                .toList();
    }

    /** As long as the gates need for their samples, and the time that a rollout may take. */
    private Duration window(List<Gate> gates) {
        Duration longest = Duration.ZERO;
        for (Gate gate : gates) {
            Duration span = switch (gate) {
                case Gate.Rollout rollout -> rollout.timeout();
                case Gate.Metric metric -> span(metric.sampling());
                case Gate.Compare compare -> span(compare.sampling());
                case Gate.Pods pods -> Duration.ZERO;
                case Gate.Http http -> Duration.ZERO;
                case Gate.Command command -> Duration.ZERO;
            };
            longest = span.compareTo(longest) > 0 ? span : longest;
        }
        return longest.plus(work.design().deploy().timeout());
    }

    private static Duration span(Gate.Sampling sampling) {
        return sampling.interval().multipliedBy(sampling.samples());
    }
}
