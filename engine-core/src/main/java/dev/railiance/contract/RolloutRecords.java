package dev.railiance.contract;

import static dev.railiance.contract.ContractRecords.choice;
import static dev.railiance.contract.ContractRecords.duration;
import static dev.railiance.contract.ContractRecords.integer;
import static dev.railiance.contract.ContractRecords.text;

import dev.railiance.contract.schema.Section;
import java.util.Arrays;
import java.util.List;

/** Makes records of the stages that reach a cluster, and of their gates. */
record RolloutRecords(Section root) {

    Stage2 stage2() {
        Section stage2 = root.section("stage2");
        return new Stage2(
                choice(Stage2.Mode.class, text(stage2, "mode")),
                choice(Stage2.Router.class, text(stage2, "router")),
                stage2.text("host"),
                stage2.texts("values"),
                steps(stage2),
                stage2.given("score").map(score -> new Stage2.Score(integer(score, "pass"), integer(score, "warn"))),
                gates(stage2));
    }

    Stage3 stage3() {
        Section stage3 = root.section("stage3");
        return new Stage3(
                choice(Stage3.Mode.class, text(stage3, "mode")), stage3.texts("values"), steps(stage3), gates(stage3));
    }

    private static List<WeightStep> steps(Section stage) {
        return stage.sections("steps").stream()
                .map(step -> new WeightStep(integer(step, "weight"), duration(step, "hold")))
                .toList();
    }

    private static List<Gate> gates(Section stage) {
        return stage.sections("gates").stream().map(RolloutRecords::gate).toList();
    }

    private static Gate gate(Section gate) {
        String name = text(gate, "name");
        var stake =
                new Gate.Stake(gate.flag("required"), gate.flag("shadow"), integer(gate, "weight"), gate.flag("key"));
        return switch (text(gate, "kind")) {
            case "rollout" -> new Gate.Rollout(name, stake, duration(gate, "timeout"));
            case "pods" -> new Gate.Pods(name, stake, integer(gate, "max_restarts"));
            case "http" ->
                new Gate.Http(
                        name,
                        stake,
                        text(gate, "url"),
                        text(gate, "method"),
                        integer(gate, "status"),
                        gate.text("body_contains"),
                        integer(gate, "percentile"),
                        gate.duration("max_latency"),
                        integer(gate, "requests"),
                        duration(gate, "timeout"));
            case "metric" ->
                new Gate.Metric(
                        name, stake, text(gate, "query"), comparison(gate), gate.number("limit"), sampling(gate));
            case "compare" ->
                new Gate.Compare(
                        name,
                        stake,
                        text(gate, "query"),
                        choice(Gate.Direction.class, text(gate, "direction")),
                        gate.number("tolerance"),
                        sampling(gate));
            case "command" ->
                new Gate.Command(
                        name,
                        stake,
                        CheckRecords.command(gate, name, duration(gate, "timeout")),
                        integer(gate, "exit_code"));
            default -> throw new IllegalStateException("the schema knows a kind of gate that has no record");
        };
    }

    private static Gate.Comparison comparison(Section gate) {
        String symbol = text(gate, "comparison");
        return Arrays.stream(Gate.Comparison.values())
                .filter(comparison -> comparison.symbol().equals(symbol))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the schema knows a comparison that has no record"));
    }

    private static Gate.Sampling sampling(Section gate) {
        return new Gate.Sampling(
                integer(gate, "samples"),
                duration(gate, "interval"),
                choice(Gate.NoData.class, text(gate, "on_no_data")));
    }
}
