package dev.railiance.projection;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.railiance.contract.Rollback;
import dev.railiance.projection.Stage2DeployResult.Approvals;
import dev.railiance.projection.Stage2DeployResult.Check;
import dev.railiance.projection.Stage2DeployResult.Ended;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent.RollbackIncomplete;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.Known;
import dev.railiance.stage2.ObjectChange;
import dev.railiance.stage3.PreviousRelease;
import dev.railiance.stage3.Stage3Plan;
import dev.railiance.stage3.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a rollback would do, or did: {@code railiance.stage3-rollback-result.v1}. */
@JsonPropertyOrder({"schema", "promotionId", "app", "environment", "stage", "mode", "phase", "outcome", "reason"})
public record Stage3RollbackResult(
        String schema,
        String promotionId,
        String app,
        String environment,
        int stage,
        String mode,
        String phase,
        String outcome,
        Optional<String> reason,
        String asked,
        String actor,
        Instant startedAt,
        Instant finishedAt,
        long durationMs,
        String planDigest,
        String strategy,
        Optional<To> to,
        Optional<String> context,
        String namespace,
        List<Check> checks,
        List<String> steps,
        Optional<List<ObjectChange>> diff,
        Approvals approvals,
        List<String> differences,
        Map<String, String> tools,
        Rendered.NextStep nextStep) {

    /** The name of this document's schema. */
    public static final String SCHEMA = "railiance.stage3-rollback-result.v1";

    /**
     * The state to go back to.
     *
     * @param revision 0: there was no release, and it is removed
     * @param manifestsDigest what the ledger recorded of it
     */
    public record To(String release, int revision, Optional<String> manifestsDigest) {}

    /**
     * The document.
     *
     * @param target the state to go back to; empty where Helm has nothing to do with it
     * @param asked why somebody wants it
     */
    public static Stage3RollbackResult of(
            CanaryDesign design,
            Stage3Plan plan,
            Known known,
            Optional<PreviousRelease.Target> target,
            String asked,
            Ended ended) {
        Promotion promotion = known.promotion().orElseThrow();
        return new Stage3RollbackResult(
                SCHEMA,
                promotion.id().value(),
                promotion.target().app(),
                promotion.target().environment(),
                3,
                ended.ran().mode().toLowerCase(Locale.ROOT),
                Rendered.spelled(promotion.phase()),
                ended.outcome(),
                ended.reason(),
                asked,
                ended.ran().actor().name(),
                ended.ran().started().truncatedTo(ChronoUnit.MICROS),
                ended.at().truncatedTo(ChronoUnit.MICROS),
                Duration.between(ended.ran().started(), ended.at()).toMillis(),
                plan.parts().digest().value(),
                Rendered.spelled(design.contract().rollback().strategy()),
                target.map(to ->
                        new To(design.stable(), to.revision(), to.manifests().map(Digest::value))),
                plan.context(),
                design.deploy().namespace(),
                plan.prerequisites().stream().map(Check::of).toList(),
                steps(design, known, target),
                plan.diff(),
                new Approvals(
                        promotion.approvalRule(Approval.Scope.ROLLBACK).required(),
                        promotion.approvals().stream()
                                .filter(approval ->
                                        approval.scope() == Approval.Scope.ROLLBACK && approval.validAt(ended.at()))
                                .map(Approval::approver)
                                .map(Actor::name)
                                .distinct()
                                .toList()),
                ended.outcome().equals("incomplete")
                        ? known.last(RollbackIncomplete.class)
                                .map(RollbackIncomplete::differences)
                                .orElse(List.of())
                        : List.of(),
                plan.tools(),
                next(promotion, ended.outcome(), target));
    }

    /** A revision that somebody named is not known by its manifests, and is named again. */
    private static Rendered.NextStep next(
            Promotion promotion, String outcome, Optional<PreviousRelease.Target> target) {
        String command = "railiance rollback " + promotion.id()
                + target.filter(to -> !to.nothing() && to.manifests().isEmpty())
                        .map(to -> " --revision " + to.revision())
                        .orElse("");
        return switch (outcome) {
            case "planned" -> new Rendered.NextStep(command + " --apply", "does what this plan says");
            case "refused", "errored" -> new Rendered.NextStep(command, "says what still stands in the way");
            default -> Rendered.NextStep.of(promotion.phase(), promotion.id());
        };
    }

    /** How production is restored, in words; nothing where it was not touched. */
    public static List<String> steps(CanaryDesign design, Known known, Optional<PreviousRelease.Target> target) {
        List<String> steps = new ArrayList<>();
        Rollback declared = design.contract().rollback();
        if (!Standing.touchedProduction(known)) {
            return List.of("take the canary away; production was not touched");
        }
        if (declared.strategy() == Rollback.Strategy.COMMANDS) {
            declared.commands().forEach(command -> steps.add("run the command " + command.name()));
        } else {
            target.ifPresent(to -> steps.add(
                    to.nothing()
                            ? "helm uninstall " + design.stable() + ": there was none before"
                            : "helm rollback " + design.stable() + " " + to.revision()
                                    + ", unless it is what runs already"));
            target.filter(to -> !to.nothing())
                    .ifPresent(to -> steps.add(
                            "watch the rollout, and prove that the manifests are those of revision " + to.revision()));
        }
        declared.verify().forEach(check -> steps.add("make the check " + check.name()));
        return steps;
    }
}
