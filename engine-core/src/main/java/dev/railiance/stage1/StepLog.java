package dev.railiance.stage1;

import dev.railiance.process.Cancellation;
import dev.railiance.promotion.EvidenceFile;
import dev.railiance.promotion.Step;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Takes planned steps one after the other, times them, tells the listener, and makes the report of them. */
final class StepLog {

    /** A step to come. */
    record Planned(String name, Step.Kind kind) {}

    private final List<Planned> plan;
    private final ValidationListener listener;
    private final LongSupplier clock;
    private final Cancellation cancellation;
    private final List<Step> taken = new ArrayList<>();

    StepLog(List<Planned> plan, ValidationListener listener, LongSupplier clock, Cancellation cancellation) {
        this.plan = plan;
        this.listener = listener;
        this.clock = clock;
        this.cancellation = cancellation;
    }

    /** Takes the next step of the plan with this work; whether it passed. After a cancellation the work is not begun. */
    boolean take(Supplier<Finding> work) {
        int index = taken.size();
        Planned planned = plan.get(index);
        Optional<String> next =
                index + 1 < plan.size() ? Optional.of(plan.get(index + 1).name()) : Optional.empty();
        listener.stepStarted(planned.name(), planned.kind(), index + 1, plan.size(), next);
        long begun = clock.getAsLong();
        Finding finding = cancellation.isCancelled() ? Finding.INTERRUPTED : work.get();
        if (cancellation.isCancelled()) {
            finding = Finding.INTERRUPTED;
        }
        Duration took = Duration.ofMillis(Math.max(0, (clock.getAsLong() - begun) / 1_000_000));
        Step step = new Step(planned.name(), planned.kind(), finding.verdict(), took, finding.reason());
        taken.add(step);
        listener.stepFinished(step);
        return finding.passed();
    }

    /** The report of the steps taken; passed only where the whole plan was. */
    ValidationReport report(List<EvidenceFile> evidence, Map<String, String> tools) {
        Verdict verdict = ValidationReport.over(taken);
        if (verdict == Verdict.PASSED && taken.size() < plan.size()) {
            // Interrupted between two steps: all that was reached passed, but not all was reached.
            Planned missed = plan.get(taken.size());
            Finding finding = Finding.INTERRUPTED;
            taken.add(new Step(missed.name(), missed.kind(), finding.verdict(), Duration.ZERO, finding.reason()));
            verdict = finding.verdict();
        }
        return new ValidationReport(verdict, taken, evidence, tools);
    }
}
