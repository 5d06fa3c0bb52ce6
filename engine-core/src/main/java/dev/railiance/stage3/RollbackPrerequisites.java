package dev.railiance.stage3;

import dev.railiance.contract.Rollback;
import dev.railiance.effect.CommandPlace;
import dev.railiance.effect.Prerequisite;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Guard;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent.PromotionPromoted;
import dev.railiance.promotion.PromotionEvent.RollbackStarted;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.Known;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a rollback needs of the ledger; the domain's guards ask the same again when it begins. No freeze window stops one. */
public final class RollbackPrerequisites {

    private final CanaryDesign design;
    private final Known known;
    private final Promotion promotion;
    private final CommandPlace place;

    /** For the promotion that is taken back. */
    public RollbackPrerequisites(CanaryDesign design, Known known, CommandPlace place) {
        this.design = design;
        this.place = place;
        this.known = known;
        this.promotion = known.promotion().orElseThrow();
    }

    /**
     * Every one, whatever the others say.
     *
     * @param plan digest of the rollback as it is asked for: another one's approvals do not count
     */
    public List<Prerequisite> all(Optional<PreviousRelease.Target> target, Digest plan, Instant now) {
        var all = new ArrayList<Prerequisite>();
        all.add(
                Standing.rollbackAsks(promotion, Guard.ROLLBACK_APPROVED) || otherThanBegun(plan)
                        ? approvals(plan, now)
                        : Prerequisite.met("approvals", "none are needed before it is in production"));
        if (Standing.rollbackAsks(promotion, Guard.TARGET_FREE)) {
            all.add(PromotionPrerequisites.target(known));
        }
        all.add(Prerequisite.met("freeze window", "none stands in the way of a rollback"));
        all.add(before(target));
        return all;
    }

    /** Out of production, and not to what the rollback that has begun was approved for. */
    private boolean otherThanBegun(Digest plan) {
        return Standing.rollingBack(promotion)
                && known.last(PromotionPromoted.class).isPresent()
                && known.last(RollbackStarted.class)
                        .flatMap(RollbackStarted::plan)
                        .filter(begun -> !begun.equals(plan))
                        .isPresent();
    }

    private Prerequisite approvals(Digest plan, Instant now) {
        int required = promotion.approvalRule(Approval.Scope.ROLLBACK).required();
        int given = promotion.approvers(Approval.Scope.ROLLBACK, plan, now).size();
        return required == 0
                ? Prerequisite.met("approvals", "none are asked for")
                : given >= required
                        ? Prerequisite.met("approvals", given + " of " + required)
                        : Prerequisite.unmet(
                                "approvals", given + " of " + required, "railiance approvals " + promotion.id());
    }

    private Prerequisite before(Optional<PreviousRelease.Target> target) {
        String name = "previous state";
        if (!Standing.touchedProduction(known)) {
            return Prerequisite.met(name, "production was not touched; only the canary is taken away");
        }
        if (design.contract().rollback().strategy() == Rollback.Strategy.COMMANDS) {
            return Prerequisite.met(name, "restored by the contract's commands, and proven by its checks");
        }
        return target.map(to -> Prerequisite.met(
                        name,
                        to.nothing()
                                ? "there was no release " + design.stable()
                                : "revision " + to.revision() + " of " + design.stable()
                                        + (to.manifests().isPresent() ? "" : ", as somebody names it")))
                .orElseGet(() -> Prerequisite.unmet(
                        name,
                        "the ledger does not say what was in production before; helm history does",
                        "helm history " + design.stable() + place.helm()));
    }
}
