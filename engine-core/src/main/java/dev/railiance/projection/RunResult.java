package dev.railiance.projection;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.promotion.PromotionEvent.PromotionValidated;
import dev.railiance.promotion.PromotionEvent.ValidationErrored;
import dev.railiance.promotion.PromotionEvent.ValidationFailed;
import dev.railiance.promotion.PromotionEvent.ValidationStarted;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Stage 1 found when it was last carried out: {@code railiance.run-result.v1}. */
@JsonPropertyOrder({"schema", "promotionId", "app", "environment", "stage", "mode", "phase", "outcome"})
public record RunResult(
        String schema,
        String promotionId,
        String app,
        String environment,
        int stage,
        String mode,
        String phase,
        String outcome,
        String attemptId,
        String actor,
        Instant startedAt,
        Instant finishedAt,
        long durationMs,
        Rendered.Moved artifact,
        String contractDigest,
        String planDigest,
        List<Rendered.Check> checks,
        List<Rendered.Evidence> evidence,
        Map<String, String> tools,
        Rendered.NextStep nextStep) {

    /** The name of this document's schema. */
    public static final String SCHEMA = "railiance.run-result.v1";

    /** The result of the last validation in a history; empty where none has ended yet. */
    public static Optional<RunResult> of(List<? extends PromotionEvent> history) {
        Optional<ValidationStarted> started = Optional.empty();
        Optional<RunResult> last = Optional.empty();
        Promotion promotion = Promotion.NEW;
        for (PromotionEvent event : history) {
            promotion = promotion.evolve(event);
            if (event instanceof ValidationStarted start) {
                started = Optional.of(start);
            }
            Optional<ValidationReport> report = report(event);
            if (report.isPresent() && started.isPresent()) {
                last = Optional.of(result(promotion, started.get(), event, report.get()));
            }
        }
        return last;
    }

    private static Optional<ValidationReport> report(PromotionEvent event) {
        return switch (event) {
            case PromotionValidated validated -> Optional.of(validated.report());
            case ValidationFailed failed -> Optional.of(failed.report());
            case ValidationErrored errored -> Optional.of(errored.report());
            default -> Optional.empty();
        };
    }

    private static RunResult result(
            Promotion promotion, ValidationStarted started, PromotionEvent ended, ValidationReport report) {
        PromotionOpened opened = promotion.opening().orElseThrow();
        Rendered.Moved artifact = Rendered.Moved.of(opened.artifact());
        return new RunResult(
                SCHEMA,
                opened.id().value(),
                opened.target().app(),
                opened.target().environment(),
                1,
                "apply",
                Rendered.spelled(promotion.phase()),
                // Where nothing at all was checked, nothing was validated.
                report.verdict() == Verdict.SKIPPED ? "errored" : Rendered.spelled(report.verdict()),
                started.attempt().id().value(),
                ended.by().name(),
                started.at(),
                ended.at(),
                Duration.between(started.at(), ended.at()).toMillis(),
                artifact,
                opened.contract().value(),
                Rendered.stage1Plan(artifact, opened.contract()).value(),
                report.steps().stream().map(Rendered.Check::of).toList(),
                report.evidence().stream().map(Rendered.Evidence::of).toList(),
                report.tools(),
                Rendered.NextStep.of(promotion.phase(), opened.id()));
    }
}
