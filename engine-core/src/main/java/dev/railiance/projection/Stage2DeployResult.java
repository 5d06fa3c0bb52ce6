package dev.railiance.projection;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.railiance.effect.Prerequisite;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent.CanaryDeployed;
import dev.railiance.promotion.PromotionEvent.WeightChanged;
import dev.railiance.promotion.Rules;
import dev.railiance.promotion.TrafficShare;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.Known;
import dev.railiance.stage2.ObjectChange;
import dev.railiance.stage2.PlanDigests;
import dev.railiance.stage2.Stage2Plan;
import dev.railiance.stage2.WeightSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a deployment of Stage 2 would do, or did: {@code railiance.stage2-deploy-result.v1}. */
@JsonPropertyOrder({"schema", "promotionId", "app", "environment", "stage", "mode", "phase", "outcome", "reason"})
public record Stage2DeployResult(
        String schema,
        Optional<String> promotionId,
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
        Routing routing,
        List<Gate> gates,
        Approvals approvals,
        Map<String, String> tools,
        Rendered.NextStep nextStep) {

    /** The name of this document's schema. */
    public static final String SCHEMA = "railiance.stage2-deploy-result.v1";

    /** A prerequisite, and one command that meets it where there is one. */
    public record Check(String name, String verdict, Optional<String> reason, Optional<String> fix) {
        static Check of(Prerequisite one) {
            return new Check(one.name(), Rendered.spelled(one.verdict()), one.reason(), one.fix());
        }
    }

    /** The canary's release. */
    public record Deployed(String name, String namespace, int revision, String manifestsDigest) {}

    /** How the canary gets its traffic. */
    public record Routing(
            String mode,
            String router,
            int weight,
            Optional<TrafficShare> actual,
            List<Step> steps,
            Optional<Instant> heldUntil) {}

    /**
     * One step.
     *
     * @param state {@code taken}, {@code next} or {@code to-come}
     */
    public record Step(int weight, String hold, String state) {}

    /** A gate that judges the canary. */
    public record Gate(String name, String kind, boolean required, boolean shadow) {}

    /** Who must approve this very plan, and who did. */
    public record Approvals(int required, List<String> given) {}

    /**
     * How the call went.
     *
     * @param mode plan, dry run or apply
     */
    public record Ran(String mode, Actor actor, Instant started, InstantSource clock) {

        /** It came to its end. */
        public Ended ended(String outcome, Optional<String> reason) {
            return new Ended(this, outcome, reason, clock.instant());
        }
    }

    /** How it ended. */
    public record Ended(Ran ran, String outcome, Optional<String> reason, Instant at) {}

    /** The document. */
    public static Stage2DeployResult of(
            CanaryDesign design, Artifact artifact, Stage2Plan plan, Known known, Ended ended) {
        Optional<Promotion> promotion = known.promotion();
        PlanDigests digests = plan.digests();
        var parts = new TreeMap<String, String>();
        digests.parts().forEach((name, digest) -> parts.put(name, digest.value()));
        var contract = design.contract();
        return new Stage2DeployResult(
                SCHEMA,
                promotion.map(one -> one.id().value()),
                contract.app().name(),
                design.deploy().environment(),
                2,
                ended.ran().mode().toLowerCase(Locale.ROOT).replace('_', '-'),
                promotion.map(one -> Rendered.spelled(one.phase())).orElse("new"),
                ended.outcome(),
                ended.reason(),
                ended.ran().actor().name(),
                micros(ended.ran().started()),
                micros(ended.at()),
                Duration.between(ended.ran().started(), ended.at()).toMillis(),
                Rendered.Moved.of(artifact),
                parts.getOrDefault("contract", ""),
                digests.plan().value(),
                parts,
                plan.known().base().map(base -> base.value()),
                plan.context(),
                design.deploy().namespace(),
                plan.prerequisites().stream().map(Check::of).toList(),
                plan.invocations(),
                plan.diff(),
                release(known),
                routing(design, known),
                contract.stage2().gates().stream()
                        .map(gate -> new Gate(
                                gate.name(),
                                gate.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                                gate.stake().required(),
                                gate.stake().shadow()))
                        .toList(),
                approvals(promotion, digests.plan(), ended.at()),
                plan.tools(),
                next(promotion, ended));
    }

    private static Instant micros(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    private static Optional<Deployed> release(Known known) {
        return known.promotion()
                .filter(promotion -> promotion.phase().inFlight())
                .flatMap(promotion -> known.last(CanaryDeployed.class))
                .map(CanaryDeployed::release)
                .map(made -> new Deployed(
                        made.name(),
                        made.namespace(),
                        made.revision(),
                        made.manifests().value()));
    }

    private static Routing routing(CanaryDesign design, Known known) {
        int weight = known.promotion()
                .filter(promotion -> !promotion.phase().end())
                .map(Promotion::weight)
                .orElse(0);
        var schedule = new WeightSchedule(design.steps(), known);
        Optional<WeightSchedule.Due> next = schedule.next();
        return new Routing(
                Rendered.spelled(design.contract().stage2().mode()),
                Rendered.spelled(design.contract().stage2().router()),
                weight,
                weight == 0 ? Optional.empty() : known.last(WeightChanged.class).flatMap(WeightChanged::actual),
                design.steps().stream()
                        .map(step -> new Step(
                                step.weight(),
                                step.hold().toString(),
                                step.weight() <= weight
                                        ? "taken"
                                        : next.filter(due -> due.weight() == step.weight())
                                                        .isPresent()
                                                ? "next"
                                                : "to-come"))
                        .toList(),
                weight == 0 ? Optional.empty() : Optional.of(schedule.heldUntil()));
    }

    private static Approvals approvals(Optional<Promotion> promotion, Digest plan, Instant now) {
        return promotion
                .map(one -> new Approvals(
                        one.approvalRule(Approval.Scope.STAGE2).required(),
                        one.approvers(Approval.Scope.STAGE2, plan, now).stream()
                                .map(Actor::name)
                                .toList()))
                .orElseGet(() -> new Approvals(Rules.ApprovalRule.NONE.required(), List.of()));
    }

    private static Rendered.NextStep next(Optional<Promotion> promotion, Ended ended) {
        return switch (ended.outcome()) {
            case "planned" -> new Rendered.NextStep("railiance deploy --stage 2 --apply", "does what this plan says");
            case "refused", "errored" ->
                new Rendered.NextStep("railiance deploy --stage 2", "says what still stands in the way");
            case "deployed", "weighted", "restored", "waiting" ->
                new Rendered.NextStep(
                        "railiance deploy --stage 2 --apply", "takes the next step when it is due; --follow takes all");
            case "failed" ->
                promotion
                        .filter(one -> one.phase().inFlight())
                        .map(one -> new Rendered.NextStep(
                                "railiance abort " + one.id() + " --apply", "takes the canary away"))
                        .orElseGet(() -> new Rendered.NextStep(
                                "railiance deploy --stage 2 --apply", "tries again; nothing of the canary is left"));
            default ->
                promotion
                        .map(one -> Rendered.NextStep.of(one.phase(), one.id()))
                        .orElseGet(() -> new Rendered.NextStep("railiance run", "Stage 1 comes first"));
        };
    }
}
