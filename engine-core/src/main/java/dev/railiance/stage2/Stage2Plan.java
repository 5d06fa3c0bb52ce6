package dev.railiance.stage2;

import dev.railiance.effect.Prerequisite;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a deployment of the canary would do, and whether it may. Making one changes nothing.
 *
 * @param prerequisites every one, whatever the others say
 * @param tools each with its version
 * @param context of the kubeconfig
 * @param invocations argument lists, in the order in which they would run
 * @param diff against what runs; empty where it could not be made, with the reason among the prerequisites
 */
public record Stage2Plan(
        PlanDigests digests,
        List<Prerequisite> prerequisites,
        Map<String, String> tools,
        Optional<String> context,
        List<List<String>> invocations,
        Optional<List<ObjectChange>> diff,
        Known known) {

    public Stage2Plan {
        prerequisites = List.copyOf(prerequisites);
        tools = Map.copyOf(tools);
        invocations = List.copyOf(invocations);
        diff = diff.map(List::copyOf);
    }

    /** The verdict over all prerequisites; one that is not met outweighs one that could not be looked at. */
    public Verdict verdict() {
        return prerequisites.stream().anyMatch(one -> one.verdict() == Verdict.FAILED)
                ? Verdict.FAILED
                : prerequisites.stream().anyMatch(one -> one.verdict() == Verdict.ERRORED)
                        ? Verdict.ERRORED
                        : Verdict.PASSED;
    }

    /** A failure as a prerequisite, so that it is shown beside the others. */
    public static Prerequisite of(String name, Outcome.NotDone<?> not) {
        return not.failure().code().category() == dev.railiance.failure.Failure.Category.TOOL
                ? Prerequisite.unknown(
                        name, not.failure().message(), not.failure().hint())
                : Prerequisite.unmet(
                        name, not.failure().message(), not.failure().hint());
    }
}
