package dev.railiance.projection;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.railiance.contract.Gate;
import dev.railiance.projection.Stage2DeployResult.Approvals;
import dev.railiance.projection.Stage2DeployResult.Check;
import dev.railiance.projection.Stage2DeployResult.Deployed;
import dev.railiance.projection.Stage2DeployResult.Ended;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.GateEvaluation;
import dev.railiance.promotion.GateEvaluation.Result;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent.PromoteFailed;
import dev.railiance.promotion.PromotionEvent.PromoteStarted;
import dev.railiance.promotion.PromotionEvent.PromotionPromoted;
import dev.railiance.promotion.PromotionEvent.RollbackIncomplete;
import dev.railiance.promotion.Release;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.Known;
import dev.railiance.stage2.ObjectChange;
import dev.railiance.stage3.Stage3Plan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a promotion to production would do, or did: {@code railiance.stage3-promote-result.v1}. */
@JsonPropertyOrder({"schema", "promotionId", "app", "environment", "stage", "mode", "phase", "outcome", "reason"})
public record Stage3PromoteResult(
        String schema,
        String promotionId,
        String app,
        String environment,
        int stage,
        String mode,
        String phase,
        String outcome,
        Optional<String> reason,
        String actor,
        Instant startedAt,
        Instant finishedAt,
        long durationMs,
        Rendered.Moved artifact,
        String contractDigest,
        String planDigest,
        Map<String, String> digests,
        Optional<String> base,
        Optional<String> context,
        String namespace,
        List<Check> checks,
        List<List<String>> invocations,
        Optional<List<ObjectChange>> diff,
        Optional<Deployed> release,
        Optional<Previous> previous,
        List<Judged> gates,
        Approvals approvals,
        List<String> differences,
        Map<String, String> tools,
        Rendered.NextStep nextStep) {

    /** The name of this document's schema. */
    public static final String SCHEMA = "railiance.stage3-promote-result.v1";

    /**
     * A gate with its latest verdict.
     *
     * @param stage 2: judges the canary; 3: judges production
     */
    public record Judged(
            int stage, String name, String kind, boolean required, boolean shadow, Optional<String> verdict) {}

    /** The release that was there before; of revision 0 where there was none. */
    public record Previous(String name, String namespace, int revision) {
        static Previous of(Release release) {
            return new Previous(release.name(), release.namespace(), release.revision());
        }
    }

    /** The document. */
    public static Stage3PromoteResult of(
            CanaryDesign design, Artifact artifact, Stage3Plan plan, Known known, Ended ended) {
        Promotion promotion = known.promotion().orElseThrow();
        var parts = new TreeMap<String, String>();
        plan.parts().parts().forEach((name, digest) -> parts.put(name, digest.value()));
        return new Stage3PromoteResult(
                SCHEMA,
                promotion.id().value(),
                promotion.target().app(),
                promotion.target().environment(),
                3,
                ended.ran().mode().toLowerCase(Locale.ROOT).replace('_', '-'),
                Rendered.spelled(promotion.phase()),
                ended.outcome(),
                ended.reason(),
                ended.ran().actor().name(),
                micros(ended.ran().started()),
                micros(ended.at()),
                Duration.between(ended.ran().started(), ended.at()).toMillis(),
                Rendered.Moved.of(artifact),
                parts.getOrDefault("contract", ""),
                plan.parts().digest().value(),
                parts,
                known.base().map(base -> base.value()),
                plan.context(),
                design.deploy().namespace(),
                plan.prerequisites().stream().map(Check::of).toList(),
                plan.invocations(),
                plan.diff(),
                known.last(PromotionPromoted.class)
                        .map(PromotionPromoted::release)
                        .map(made -> new Deployed(
                                made.name(),
                                made.namespace(),
                                made.revision(),
                                made.manifests().value())),
                known.last(PromoteStarted.class)
                        .flatMap(PromoteStarted::previous)
                        .map(Previous::of),
                gates(design, promotion, known),
                approvals(promotion, plan, ended),
                ended.outcome().equals("incomplete")
                        ? known.last(RollbackIncomplete.class)
                                .map(RollbackIncomplete::differences)
                                .orElse(List.of())
                        : List.of(),
                plan.tools(),
                next(promotion, ended));
    }

    private static Instant micros(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    private static List<Judged> gates(CanaryDesign design, Promotion promotion, Known known) {
        List<Judged> gates = new ArrayList<>();
        design.contract().stage2().gates().forEach(gate -> gates.add(judged(2, gate, promotion.gates())));
        var looks = new TreeMap<String, Result>();
        List<GateEvaluation> last = known.last(PromotionPromoted.class)
                .map(PromotionPromoted::gates)
                .or(() -> known.last(PromoteFailed.class).map(PromoteFailed::gates))
                .orElse(List.of());
        last.forEach(look -> looks.put(look.gate(), look.verdict()));
        design.contract().stage3().gates().forEach(gate -> gates.add(judged(3, gate, looks)));
        return gates;
    }

    private static Judged judged(int stage, Gate gate, Map<String, Result> verdicts) {
        return new Judged(
                stage,
                gate.name(),
                gate.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                gate.stake().required(),
                gate.stake().shadow(),
                Optional.ofNullable(verdicts.get(gate.name())).map(Rendered::spelled));
    }

    private static Approvals approvals(Promotion promotion, Stage3Plan plan, Ended ended) {
        return new Approvals(
                promotion.approvalRule(Approval.Scope.STAGE3).required(),
                promotion.approvers(Approval.Scope.STAGE3, plan.parts().digest(), ended.at()).stream()
                        .map(Actor::name)
                        .toList());
    }

    private static Rendered.NextStep next(Promotion promotion, Ended ended) {
        return switch (ended.outcome()) {
            case "planned" ->
                new Rendered.NextStep("railiance promote " + promotion.id() + " --apply", "does what this plan says");
            case "refused", "errored" ->
                new Rendered.NextStep("railiance promote " + promotion.id(), "says what still stands in the way");
            case "failed" ->
                new Rendered.NextStep(
                        "railiance rollback " + promotion.id(), "says how what was there before comes back");
            default -> Rendered.NextStep.of(promotion.phase(), promotion.id());
        };
    }
}
