package dev.railiance.stage2;

import dev.railiance.effect.Prerequisite;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Lifecycle;
import dev.railiance.promotion.NextStep;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent.CanaryDeployStarted;
import dev.railiance.promotion.PromotionEvent.RollbackStarted;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a deployment needs of the ledger and of the repository; the domain's guards ask the same again when it begins. */
final class LedgerPrerequisites {

    private final Known known;
    private final Artifact artifact;
    private final boolean digestPinned;
    private final Digest plan;
    private final Optional<String> freeze;
    private final Instant now;

    /**
     * @param freeze the name of a window that is open and not overridden
     */
    LedgerPrerequisites(
            Known known, Artifact artifact, boolean digestPinned, Digest plan, Optional<String> freeze, Instant now) {
        this.known = known;
        this.artifact = artifact;
        this.digestPinned = digestPinned;
        this.plan = plan;
        this.freeze = freeze;
        this.now = now;
    }

    List<Prerequisite> all() {
        List<Prerequisite> all =
                new ArrayList<>(List.of(stage1(), fixed(), target(), approvals(), freezeWindow(), samePlan()));
        takenBack().ifPresent(all::add);
        return all;
    }

    private Prerequisite stage1() {
        return known.promotion()
                .filter(promotion -> promotion.phase().stage() > 1
                        || Lifecycle.find(promotion.phase(), Trigger.START_CANARY)
                                .isPresent())
                .map(promotion -> Prerequisite.met("stage 1", "passed, as promotion " + promotion.id()))
                .orElseGet(() -> Prerequisite.unmet(
                        "stage 1",
                        "it has not passed for exactly this artifact under exactly this contract",
                        "railiance run"));
    }

    private Prerequisite fixed() {
        if (artifact.dirty()) {
            return Prerequisite.unmet("artifact", "the tree has changes that no commit names", "git status");
        }
        return !digestPinned
                        || artifact.image().isEmpty()
                        || artifact.imageDigest().isPresent()
                ? Prerequisite.met("artifact", "known to the byte")
                : Prerequisite.unmet(
                        "artifact", "the image has no digest, which the contract asks for", "railiance validate");
    }

    private Prerequisite target() {
        Optional<PromotionId> own = known.promotion().map(Promotion::id);
        return known.holder()
                .filter(holder -> !own.equals(Optional.of(holder)))
                .map(holder -> Prerequisite.unmet(
                        "target", "promotion " + holder + " is in flight on it", "railiance status " + holder))
                .orElseGet(() -> Prerequisite.met("target", "no other promotion is in flight on it"));
    }

    private Prerequisite approvals() {
        int required = known.promotion()
                .map(promotion -> promotion.approvalRule(Approval.Scope.STAGE2).required())
                .orElse(0);
        if (required == 0) {
            return Prerequisite.met("approvals", "none are asked for");
        }
        Promotion promotion = known.promotion().orElseThrow();
        int given = promotion.approvers(Approval.Scope.STAGE2, plan, now).size();
        return given >= required || begun()
                ? Prerequisite.met("approvals", given + " of " + required + " for this plan")
                : Prerequisite.unmet(
                        "approvals",
                        given + " of " + required + " for this plan",
                        "railiance approvals " + promotion.id());
    }

    private Prerequisite freezeWindow() {
        return freeze.filter(window -> !begun())
                .map(window -> Prerequisite.unmet("freeze window", "\"" + window + "\" is open", ""))
                .orElseGet(() -> Prerequisite.met("freeze window", "none stands in the way"));
    }

    /** Once begun, a deployment is carried on under the plan that it began with. */
    private Prerequisite samePlan() {
        return known.last(CanaryDeployStarted.class)
                .filter(started -> begun() && !started.plan().equals(plan))
                .map(started -> Prerequisite.unmet(
                        "plan",
                        "the canary was deployed under the plan " + started.plan()
                                + ", which is not what lies here now",
                        "railiance abort " + promotionId() + " --apply"))
                .orElseGet(() -> Prerequisite.met("plan", "nothing has changed"));
    }

    /** What failed of itself is taken back by the same command; what somebody takes back is left to him. */
    private Optional<Prerequisite> takenBack() {
        return known.promotion()
                .filter(promotion -> Lifecycle.find(promotion.phase(), Trigger.COMPLETE_ROLLBACK)
                                .isPresent()
                        && known.last(RollbackStarted.class)
                                .filter(RollbackStarted::automatic)
                                .isEmpty())
                .map(promotion -> Prerequisite.unmet(
                        "promotion",
                        "it is being taken back",
                        NextStep.of(promotion.phase(), promotion.id()).command()));
    }

    private boolean begun() {
        return known.promotion()
                .filter(promotion -> promotion.phase().inFlight())
                .isPresent();
    }

    private String promotionId() {
        return known.promotion().map(Promotion::id).map(PromotionId::value).orElse("");
    }
}
