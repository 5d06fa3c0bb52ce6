package dev.railiance.contract.rule;

import static dev.railiance.contract.rule.Draft.is;

import dev.railiance.contract.fault.FaultCode;
import dev.railiance.contract.fault.Finding;
import dev.railiance.contract.schema.Section;
import dev.railiance.contract.value.TrackQuery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about gates: they can be asked, and they can stop something. */
final class GateRules {

    private GateRules() {}

    static Stream<Finding> prometheusForMetrics(Draft draft) {
        if (draft.section("observability").has("prometheus")) {
            return Stream.empty();
        }
        return draft.gates()
                .filter(GateRules::queries)
                .map(gate -> Finding.atValue(
                                FaultCode.PROMETHEUS_NEEDED, gate.at("kind"), gate.path() + " has nowhere to query")
                        .found("no observability.prometheus")
                        .expected("observability.prometheus = \"http://…\""));
    }

    static Stream<Finding> comparedQueriesNameTheTrack(Draft draft) {
        return draft.gates()
                .filter(gate -> is(gate, "kind", "compare"))
                .filter(gate -> gate.text("query")
                        .filter(query -> !query.contains(TrackQuery.PLACEHOLDER))
                        .isPresent())
                .map(gate -> Finding.atValue(
                                FaultCode.GATE_QUERY, gate.at("query"), gate.at("query") + " does not name the track")
                        .found("no " + TrackQuery.PLACEHOLDER + " in the query")
                        .expected("a selector such as {track='" + TrackQuery.PLACEHOLDER + "'}"));
    }

    static Stream<Finding> holdsLongEnoughToSample(Draft draft) {
        return Stream.of("stage2", "stage3")
                .map(draft::section)
                .filter(stage -> is(stage, "mode", "weighted"))
                .flatMap(stage -> longest(stage.sections("gates")).stream()
                        .flatMap(needed -> stage.sections("steps").stream()
                                .filter(step ->
                                        step.duration("hold").orElse(needed).compareTo(needed) < 0)
                                .map(step -> Finding.atValue(
                                                FaultCode.HOLD_TOO_SHORT,
                                                step.at("hold"),
                                                step.at("hold") + " is short")
                                        .found("\"" + step.text("hold").orElse("") + "\"")
                                        .expected("at least " + needed.toSeconds()
                                                + "s, the longest sampling of a gate"))));
    }

    private static Optional<Duration> longest(List<Section> gates) {
        return gates.stream()
                .filter(GateRules::queries)
                .filter(gate -> gate.flag("required") && !gate.flag("shadow"))
                .flatMap(gate -> gate
                        .duration("interval")
                        .map(interval -> interval.multipliedBy(Math.clamp(gate.whole("samples"), 1, 10_000)))
                        .stream())
                .max(Duration::compareTo);
    }

    static Stream<Finding> oneGateThatCanStop(Draft draft) {
        Section stage2 = draft.section("stage2");
        List<Section> gates = stage2.sections("gates");
        return gates.isEmpty() || gates.stream().anyMatch(gate -> gate.flag("required") && !gate.flag("shadow"))
                ? Stream.empty()
                : Stream.of(Finding.atKey(
                                FaultCode.NO_REQUIRED_GATE,
                                stage2.at("gates"),
                                "no gate of Stage 2 can stop the canary")
                        .found("only gates with shadow = true or required = false")
                        .expected("a gate that is required and no shadow"));
    }

    private static boolean queries(Section gate) {
        return is(gate, "kind", "metric") || is(gate, "kind", "compare");
    }
}
