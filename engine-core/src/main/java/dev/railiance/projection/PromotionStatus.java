package dev.railiance.projection;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.railiance.document.Json;
import dev.railiance.ledger.StatusRow;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.promotion.Step;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a promotion stands: {@code railiance.promotion-status.v1}. */
@JsonPropertyOrder({"schema", "promotionId", "app", "environment", "stage", "mode", "phase", "outcome", "summary"})
public record PromotionStatus(
        String schema,
        String promotionId,
        String app,
        String environment,
        int stage,
        String mode,
        String phase,
        String outcome,
        String summary,
        String requester,
        Instant openedAt,
        Instant updatedAt,
        Rendered.Moved artifact,
        String contractDigest,
        String planDigest,
        Optional<Running> attempt,
        List<Rendered.Check> checks,
        List<Rendered.Evidence> evidence,
        int weight,
        SortedMap<String, String> gates,
        List<String> approvers,
        Map<String, String> tools,
        Rendered.NextStep nextStep) {

    /** The name of this document's schema. */
    public static final String SCHEMA = "railiance.promotion-status.v1";

    /** The work under way. */
    public record Running(String id, String host, long pid) {}

    /** The status row of a promotion after an event. */
    public static StatusRow row(Promotion promotion, long sequence, Instant updatedAt) {
        PromotionOpened opened = promotion.opening().orElseThrow();
        PromotionStatus status = of(promotion, updatedAt);
        return new StatusRow(
                opened.id(),
                opened.target(),
                promotion.phase(),
                status.artifact().digest(),
                status.contractDigest(),
                sequence,
                opened.at(),
                updatedAt,
                status.summary(),
                Json.compact(status));
    }

    static PromotionStatus of(Promotion promotion, Instant updatedAt) {
        PromotionOpened opened = promotion.opening().orElseThrow();
        Rendered.Moved artifact = Rendered.Moved.of(opened.artifact());
        Optional<ValidationReport> report = promotion.validation();
        var gates = new TreeMap<String, String>();
        promotion.gates().forEach((gate, verdict) -> gates.put(gate, Rendered.spelled(verdict)));
        return new PromotionStatus(
                SCHEMA,
                opened.id().value(),
                opened.target().app(),
                opened.target().environment(),
                promotion.phase().stage(),
                "apply",
                Rendered.spelled(promotion.phase()),
                outcome(promotion),
                summary(promotion) + breakGlass(promotion),
                opened.by().name(),
                opened.at(),
                updatedAt,
                artifact,
                opened.contract().value(),
                Rendered.stage1Plan(artifact, opened.contract()).value(),
                promotion.attempt().map(PromotionStatus::running),
                report.map(found ->
                                found.steps().stream().map(Rendered.Check::of).toList())
                        .orElse(List.of()),
                report.map(found -> found.evidence().stream()
                                .map(Rendered.Evidence::of)
                                .toList())
                        .orElse(List.of()),
                promotion.weight(),
                gates,
                promotion.approvals().stream()
                        .map(approval -> approval.approver().name())
                        .distinct()
                        .sorted()
                        .toList(),
                report.map(ValidationReport::tools).orElse(Map.of()),
                Rendered.NextStep.of(promotion.phase(), opened.id()));
    }

    private static Running running(Attempt attempt) {
        return new Running(attempt.id().value(), attempt.host(), attempt.pid());
    }

    private static String outcome(Promotion promotion) {
        return switch (promotion.phase()) {
            case NEW -> "pending";
            case OPENED ->
                promotion
                        .validation()
                        .map(report -> Rendered.spelled(report.verdict()))
                        .orElse("pending");
            case VALIDATED, GATES_PASSED, APPROVED -> "passed";
            case VALIDATING, CANARY_DEPLOYING, CANARY_DEPLOYED, PROMOTING, ROLLING_BACK -> "running";
            case PROMOTED, ROLLED_BACK, ABORTED, SUPERSEDED -> Rendered.spelled(promotion.phase());
        };
    }

    private static String summary(Promotion promotion) {
        return switch (promotion.phase()) {
            case NEW -> "nothing is recorded yet";
            case OPENED, VALIDATED ->
                promotion.validation().map(PromotionStatus::summary).orElse("Stage 1 has not run yet");
            case VALIDATING ->
                "Stage 1 is at work"
                        + promotion.attempt().map(by -> ", " + by.holder()).orElse("");
            case CANARY_DEPLOYING -> "the canary is being deployed";
            case CANARY_DEPLOYED -> "the canary runs at weight " + promotion.weight();
            case GATES_PASSED -> "every required gate passed; an approval is awaited";
            case APPROVED -> "production is approved";
            case PROMOTING -> "production is being changed";
            case PROMOTED -> "in production";
            case ROLLING_BACK -> "the previous state is being restored";
            case ROLLED_BACK -> "rolled back; the previous state is proven restored";
            case ABORTED -> "given up before anything was deployed";
            case SUPERSEDED -> "a newer promotion is in production";
        };
    }

    /** That somebody approved although a freeze window was open is not to be overlooked, then or later. */
    private static String breakGlass(Promotion promotion) {
        List<String> over = promotion.approvals().stream()
                .filter(approval -> approval.scope() != Approval.Scope.ROLLBACK)
                .flatMap(approval -> approval.freeze().stream())
                .distinct()
                .toList();
        return over.isEmpty() ? "" : "; break-glass: approved in the freeze window " + String.join(", ", over);
    }

    private static String summary(ValidationReport report) {
        long passed = count(report, Verdict.PASSED);
        long skipped = count(report, Verdict.SKIPPED);
        if (report.verdict() == Verdict.PASSED) {
            return "Stage 1 passed: " + passed + " steps passed"
                    + (skipped > 0 ? ", " + skipped + " skipped" : "") + ", "
                    + report.evidence().size() + " evidence files";
        }
        String what = report.steps().stream()
                .filter(step -> step.verdict() == report.verdict())
                .findFirst()
                .map(step -> " at " + Rendered.spelled(step.kind()) + " '" + step.name() + "'"
                        + step.reason().map(reason -> ": " + reason).orElse(""))
                .orElse("");
        return "Stage 1 " + Rendered.spelled(report.verdict()) + what;
    }

    private static long count(ValidationReport report, Verdict verdict) {
        return report.steps().stream()
                .map(Step::verdict)
                .filter(verdict::equals)
                .count();
    }
}
