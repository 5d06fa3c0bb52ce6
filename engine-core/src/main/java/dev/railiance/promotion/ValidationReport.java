package dev.railiance.promotion;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a validation found: names, verdicts, durations, digests and versions, and nothing that a command printed.
 *
 * @param verdict over all steps
 * @param steps in the order in which they were taken; those not reached are absent
 * @param evidence sorted by path
 * @param tools versions of the tools used, by name
 */
public record ValidationReport(
        Verdict verdict, List<Step> steps, List<EvidenceFile> evidence, Map<String, String> tools) {

    public ValidationReport {
        steps = List.copyOf(steps);
        evidence = List.copyOf(evidence);
        tools = Collections.unmodifiableMap(new TreeMap<>(tools));
    }

    /** The verdict over all of these steps. */
    public static Verdict over(List<Step> steps) {
        return steps.stream().map(Step::verdict).reduce(Verdict.SKIPPED, Verdict::and);
    }

    /** A report of work that ended before any step was finished. */
    public static ValidationReport errored(Step step) {
        return new ValidationReport(Verdict.ERRORED, List.of(step), List.of(), Map.of());
    }
}
