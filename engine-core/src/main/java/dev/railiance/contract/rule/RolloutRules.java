package dev.railiance.contract.rule;

import static dev.railiance.contract.rule.Draft.is;

import dev.railiance.contract.fault.FaultCode;
import dev.railiance.contract.fault.Finding;
import dev.railiance.contract.schema.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rules about how traffic moves to the new version. */
final class RolloutRules {

    private RolloutRules() {}

    static Stream<Finding> routerFitsMode(Draft draft) {
        Section stage2 = draft.section("stage2");
        if (stage2.text("mode").isEmpty() || stage2.text("router").isEmpty()) {
            return Stream.empty();
        }
        boolean weighted = is(stage2, "mode", "weighted");
        boolean routed = !is(stage2, "router", "none");
        if (routed && !weighted) {
            return Stream.of(Finding.atValue(
                            FaultCode.ROUTER_MODE, stage2.at("router"), "an isolated canary gets no traffic to route")
                    .found("stage2.router with mode isolated")
                    .expected("mode = \"weighted\", or router = \"none\""));
        }
        if (weighted && !routed) {
            return Stream.of(
                    Finding.atValue(FaultCode.ROUTER_MODE, stage2.at("mode"), "a weighted canary needs a router")
                            .found("stage2.mode weighted with router none")
                            .expected("stage2.router = traefik, gateway-api or replicas"));
        }
        Section stage3 = draft.section("stage3");
        return is(stage3, "mode", "weighted") && !routed
                ? Stream.of(
                        Finding.atValue(FaultCode.ROUTER_MODE, stage3.at("mode"), "a weighted promotion needs a router")
                                .found("stage3.mode weighted with stage2.router none")
                                .expected("stage2.router = traefik, gateway-api or replicas"))
                : Stream.empty();
    }

    static Stream<Finding> stepsWhereWeighted(Draft draft) {
        return stages(draft)
                .filter(stage -> is(stage, "mode", "weighted")
                        && stage.node().path("steps").isEmpty())
                .map(stage -> Finding.atValue(
                                FaultCode.STEPS_NEEDED, stage.at("mode"), "a weighted rollout needs steps")
                        .found("no " + stage.at("steps"))
                        .expected("steps = [{ weight = 10, hold = \"5m\" }, …]"));
    }

    static Stream<Finding> weightsRise(Draft draft) {
        return stages(draft).flatMap(stage -> falling(stage.sections("steps")));
    }

    private static Stream<Finding> falling(List<Section> steps) {
        List<Finding> findings = new ArrayList<>();
        int before = 0;
        for (Section step : steps) {
            int weight = step.integer("weight").orElse(before + 1);
            if (weight <= before && weight > 0) {
                findings.add(
                        Finding.atValue(FaultCode.WEIGHTS_RISE, step.at("weight"), step.at("weight") + " does not rise")
                                .found(weight + " after " + before)
                                .expected("more than " + before + ", at most 100"));
            }
            before = Math.max(before, weight);
        }
        return findings.stream();
    }

    static Stream<Finding> scoreWarnsBelowPass(Draft draft) {
        return draft.section("stage2").given("score").stream()
                .filter(score ->
                        score.integer("warn").orElse(0) > score.integer("pass").orElse(100))
                .map(score -> Finding.atValue(
                                FaultCode.SCORE_ORDER,
                                score.has("warn") ? score.at("warn") : score.at("pass"),
                                "a score cannot warn above the mark at which it passes")
                        .found("warn " + score.integer("warn").orElse(0) + ", pass "
                                + score.integer("pass").orElse(100))
                        .expected("warn at most pass"));
    }

    private static Stream<Section> stages(Draft draft) {
        return Stream.of(draft.section("stage2"), draft.section("stage3"));
    }
}
