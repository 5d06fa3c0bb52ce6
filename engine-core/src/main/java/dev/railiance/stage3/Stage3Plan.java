package dev.railiance.stage3;

import dev.railiance.effect.Prerequisite;
import dev.railiance.promotion.Verdict;
import dev.railiance.stage2.ObjectChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What changing production would do, forth or back, and whether it may. Making one changes nothing.
 *
 * @param prerequisites every one, whatever the others say
 * @param tools each with its version
 * @param context of the kubeconfig
 * @param invocations argument lists, in the order in which they would run
 * @param diff of the release in production against what runs; empty where it could not be made, or was not asked for
 */
public record Stage3Plan(
        PlanParts parts,
        List<Prerequisite> prerequisites,
        Map<String, String> tools,
        Optional<String> context,
        List<List<String>> invocations,
        Optional<List<ObjectChange>> diff) {

    public Stage3Plan {
        prerequisites = List.copyOf(prerequisites);
        tools = Map.copyOf(tools);
        invocations = List.copyOf(invocations);
        diff = diff.map(List::copyOf);
    }

    /** One for which no tool was asked. */
    public static Stage3Plan untold(PlanParts parts, List<Prerequisite> prerequisites) {
        return new Stage3Plan(parts, prerequisites, Map.of(), Optional.empty(), List.of(), Optional.empty());
    }

    /** The verdict over all prerequisites; one that is not met outweighs one that could not be looked at. */
    public Verdict verdict() {
        return verdict(prerequisites);
    }

    /** The same of some. */
    public static Verdict verdict(List<Prerequisite> prerequisites) {
        return prerequisites.stream().anyMatch(one -> one.verdict() == Verdict.FAILED)
                ? Verdict.FAILED
                : prerequisites.stream().anyMatch(one -> one.verdict() == Verdict.ERRORED)
                        ? Verdict.ERRORED
                        : Verdict.PASSED;
    }

    /** The outcome of a call that only plans, or may do no more. */
    public String outcome() {
        return switch (verdict()) {
            case PASSED, SKIPPED -> "planned";
            case FAILED -> "refused";
            case ERRORED -> "errored";
        };
    }
}
