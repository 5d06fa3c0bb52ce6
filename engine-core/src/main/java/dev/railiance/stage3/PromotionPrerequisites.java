package dev.railiance.stage3;

import dev.railiance.contract.Gate;
import dev.railiance.contract.Stage3;
import dev.railiance.effect.Prerequisite;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.GateEvaluation.Result;
import dev.railiance.promotion.NextStep;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionId;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.Known;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a promotion needs of the ledger and of the contract; the domain's guards ask the same again when it begins. */
public final class PromotionPrerequisites {

    private final CanaryDesign design;
    private final Known known;
    private final Promotion promotion;
    private final PlanParts parts;

    /** For a promotion and its plan. */
    public PromotionPrerequisites(CanaryDesign design, Known known, PlanParts parts) {
        this.design = design;
        this.known = known;
        this.promotion = known.promotion().orElseThrow();
        this.parts = parts;
    }

    /**
     * Every one, whatever the others say.
     *
     * @param changed the parts of the plan that are not as they were approved
     * @param freeze the name of a window that is open and not overridden
     * @param metrics whether there is something that the queries of gates are asked of
     */
    public List<Prerequisite> all(List<String> changed, Optional<String> freeze, boolean metrics, Instant now) {
        var all = new ArrayList<>(
                List.of(lifecycle(), gates(), plan(changed), approvals(now), target(), window(freeze), mode()));
        if (!design.contract().stage3().gates().isEmpty()) {
            boolean queries = design.contract().stage3().gates().stream()
                    .anyMatch(gate -> gate instanceof Gate.Metric || gate instanceof Gate.Compare);
            Optional<Gate> compare = design.contract().stage3().gates().stream()
                    .filter(Gate.Compare.class::isInstance)
                    .findFirst();
            if (compare.isPresent()) {
                all.add(Prerequisite.unmet(
                        "gate " + compare.get().name(),
                        "after a promotion there is no canary left to compare with production",
                        "railiance validate"));
            }
            all.add(
                    metrics || !queries
                            ? Prerequisite.met(
                                    "gates of stage 3",
                                    design.contract().stage3().gates().size() + " are looked at after the rollout")
                            : Prerequisite.unmet(
                                    "gates of stage 3", "this engine was made without anything that is queried", ""));
        }
        return all;
    }

    private Prerequisite lifecycle() {
        String name = "lifecycle";
        if (Standing.approved(promotion) || Standing.promoting(promotion)) {
            return Prerequisite.met(name, begun() ? "production is being changed; it is carried on" : "approved");
        }
        NextStep next = NextStep.of(promotion.phase(), promotion.id());
        return Prerequisite.unmet(
                name, "it is not approved for production yet: it is " + promotion.phase(), next.command());
    }

    private Prerequisite gates() {
        List<String> open = promotion.rules().requiredGates().stream()
                .filter(gate -> promotion.gates().get(gate) != Result.PASS)
                .toList();
        int required = promotion.rules().requiredGates().size();
        return open.isEmpty() || begun()
                ? Prerequisite.met(
                        "gates",
                        required == 0 ? "none are required" : required - open.size() + " of " + required + " pass")
                : Prerequisite.unmet(
                        "gates",
                        "not passed: " + String.join(", ", open),
                        "railiance observe " + promotion.id() + " --live");
    }

    private Prerequisite plan(List<String> changed) {
        return changed.isEmpty()
                ? Prerequisite.met("plan", "nothing has changed")
                : Prerequisite.unmet("plan", changed(changed), "railiance approvals " + promotion.id());
    }

    /** What changed, in words. */
    public static String changed(List<String> names) {
        return "it is not the one that was approved; changed: " + String.join(", ", names);
    }

    private Prerequisite approvals(Instant now) {
        int required = promotion.approvalRule(Approval.Scope.STAGE3).required();
        if (required == 0) {
            return Prerequisite.met("approvals", "none are asked for");
        }
        int given =
                promotion.approvers(Approval.Scope.STAGE3, parts.digest(), now).size();
        int ever = promotion
                .approvers(Approval.Scope.STAGE3, parts.digest(), Instant.MIN)
                .size();
        String found = given + " of " + required + " for this plan"
                + (ever > given ? ", and " + (ever - given) + " expired" : "");
        return given >= required || begun()
                ? Prerequisite.met("approvals", found)
                : Prerequisite.unmet("approvals", found, "railiance approvals " + promotion.id());
    }

    private Prerequisite target() {
        return target(known);
    }

    /** Nobody else is at work on the target. */
    static Prerequisite target(Known known) {
        Optional<PromotionId> own = known.promotion().map(Promotion::id);
        return known.holder()
                .filter(holder -> !own.equals(Optional.of(holder)))
                .map(holder -> Prerequisite.unmet(
                        "target", "promotion " + holder + " is in flight on it", "railiance status " + holder))
                .orElseGet(() -> Prerequisite.met("target", "no other promotion is in flight on it"));
    }

    private Prerequisite window(Optional<String> freeze) {
        return freeze.filter(window -> !begun())
                .map(window -> Prerequisite.unmet("freeze window", "\"" + window + "\" is open", ""))
                .orElseGet(() -> Prerequisite.met("freeze window", "none stands in the way"));
    }

    private Prerequisite mode() {
        return design.contract().stage3().mode() == Stage3.Mode.DIRECT
                ? Prerequisite.met("mode", "production takes all traffic at once")
                : Prerequisite.unmet(
                        "mode",
                        "stage3.mode = \"weighted\" is not carried out by this version; the canary's weights are Stage 2's",
                        "set stage3.mode = \"direct\", then railiance run");
    }

    private boolean begun() {
        return Standing.promoting(promotion);
    }
}
