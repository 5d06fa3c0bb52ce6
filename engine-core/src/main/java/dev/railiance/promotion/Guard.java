package dev.railiance.promotion;

import dev.railiance.promotion.PromotionCommand.ChangeWeight;
import dev.railiance.promotion.PromotionCommand.EvaluateGate;
import dev.railiance.promotion.PromotionCommand.StartRollback;
import dev.railiance.promotion.PromotionCommand.StartWeight;
import java.time.Instant;
import java.util.Optional;

/** A condition on a transition, with the refusal that is given where it does not hold. */
public enum Guard {
    /** An outcome belongs to the attempt that is under way, not to one that was given up; what was found, to none. */
    ATTEMPT_CURRENT(Refusal.Code.ATTEMPT_STALE, "the attempt that reports is not the one under way") {
        @Override
        boolean holds(Context context) {
            return context.command()
                    .attempt()
                    .equals(context.promotion().attempt().map(Attempt::id));
        }
    },
    /** What is deployed is known to the byte: no uncommitted change, and a digest where the contract pins one. */
    ARTIFACT_FIXED(
            Refusal.Code.ARTIFACT_NOT_FIXED, "the artifact is not fixed: uncommitted changes, or no image digest") {
        @Override
        boolean holds(Context context) {
            Promotion promotion = context.promotion();
            return promotion.artifact().fixed(promotion.rules().digestPinned());
        }
    },
    /** No other promotion is in flight on the target. */
    TARGET_FREE(Refusal.Code.TARGET_BUSY, "another promotion holds the target") {
        @Override
        boolean holds(Context context) {
            return context.facts()
                    .targetHolder()
                    .filter(holder -> !holder.equals(context.promotion().id()))
                    .isEmpty();
        }
    },
    /** No freeze window is open, or it was overridden. */
    NOT_FROZEN(Refusal.Code.FROZEN, "a freeze window is open") {
        @Override
        boolean holds(Context context) {
            return context.facts().freeze().isEmpty();
        }
    },
    /** Stage 2's approvals are there for exactly this plan. */
    CANARY_APPROVED(
            Refusal.Code.APPROVAL_MISSING, "the approvals for Stage 2 are missing, expired or for another plan") {
        @Override
        boolean holds(Context context) {
            return context.quorum(Approval.Scope.STAGE2);
        }
    },
    /** The weight is one that the contract declares. */
    WEIGHT_DECLARED(Refusal.Code.WEIGHT_NOT_DECLARED, "the contract declares no such weight") {
        @Override
        boolean holds(Context context) {
            return switch (context.command()) {
                case StartWeight start -> declared(context, start.weight());
                case ChangeWeight change -> declared(context, change.weight());
                default -> false;
            };
        }

        private static boolean declared(Context context, int weight) {
            return weight == 0 || context.promotion().rules().weights().contains(weight);
        }
    },
    /** The gate is one that the contract declares. */
    GATE_DECLARED(Refusal.Code.GATE_NOT_DECLARED, "the contract declares no such gate") {
        @Override
        boolean holds(Context context) {
            return context.command() instanceof EvaluateGate look
                    && context.promotion()
                            .rules()
                            .gates()
                            .contains(look.evaluation().gate());
        }
    },
    /** The latest look at every required gate passed, and all together reach the score where one is asked for. */
    EVERY_GATE_PASSES(Refusal.Code.GATES_NOT_PASSED, "not every required gate passes") {
        @Override
        boolean holds(Context context) {
            return context.promotion().everyRequiredGatePasses();
        }
    },
    /** A weighted canary has taken its last step. */
    LAST_WEIGHT_REACHED(Refusal.Code.WEIGHTS_NOT_DONE, "the canary has not reached its last weight") {
        @Override
        boolean holds(Context context) {
            return context.promotion().rules().lastWeight()
                    <= context.promotion().weight();
        }
    },
    /** No weight is being changed: what is looked at is what is recorded. */
    WEIGHT_SETTLED(Refusal.Code.WEIGHT_CHANGING, "the canary's weight is being changed") {
        @Override
        boolean holds(Context context) {
            return context.promotion().attempt().isEmpty();
        }
    },
    /** The approver is one that the contract names, where it names any. */
    APPROVER_LISTED(Refusal.Code.NOT_AN_APPROVER, "the contract does not name this approver") {
        @Override
        boolean holds(Context context) {
            return context.approval()
                    .map(approval -> context.rule(approval.scope()).allows(approval.approver()))
                    .orElse(false);
        }
    },
    /** Who asked for the promotion does not approve it, where the contract says so. */
    APPROVER_INDEPENDENT(Refusal.Code.REQUESTER_EXCLUDED, "who requested the promotion may not approve it") {
        @Override
        boolean holds(Context context) {
            return context.approval()
                    .map(approval -> !context.rule(approval.scope()).excludeRequester()
                            || !approval.approver().equals(context.promotion().requester()))
                    .orElse(false);
        }
    },
    /** The approval carries a verified signature, where the contract asks for one; for a critical app always. */
    APPROVAL_SIGNED(Refusal.Code.SIGNATURE_MISSING, "the approval must be signed") {
        @Override
        boolean holds(Context context) {
            return context.approval()
                    .map(approval -> approval.signed() || !context.promotion().mustSign(approval.scope()))
                    .orElse(false);
        }
    },
    /** There is an approval to withdraw. */
    APPROVAL_GIVEN(Refusal.Code.APPROVAL_MISSING, "there is no approval by this person") {
        @Override
        boolean holds(Context context) {
            return context.promotion().approvals().stream()
                    .anyMatch(approval ->
                            approval.approver().equals(context.facts().actor()));
        }
    },
    /** Enough people approved one and the same plan for production. */
    QUORUM_REACHED(Refusal.Code.APPROVAL_MISSING, "the quorum is not reached") {
        @Override
        boolean holds(Context context) {
            return context.quorum(Approval.Scope.STAGE3);
        }
    },
    /** The approvals for production no longer reach the quorum. */
    QUORUM_LOST(Refusal.Code.APPROVAL_STANDS, "the approval still stands") {
        @Override
        boolean holds(Context context) {
            return !context.quorum(Approval.Scope.STAGE3);
        }
    },
    /** The quorum once approved exactly the plan that is about to be carried out. */
    PLAN_UNCHANGED(Refusal.Code.PLAN_CHANGED, "the plan is not the one that was approved") {
        @Override
        boolean holds(Context context) {
            return context.quorumEver(Approval.Scope.STAGE3);
        }
    },
    /** Where the quorum approved this plan, enough of the approvals have not expired. */
    APPROVAL_UNEXPIRED(Refusal.Code.APPROVAL_EXPIRED, "an approval of this plan has expired") {
        @Override
        boolean holds(Context context) {
            return context.quorum(Approval.Scope.STAGE3) || !context.quorumEver(Approval.Scope.STAGE3);
        }
    },
    /** A rollback from production is automatic where the contract declares that, or exactly it is approved where it asks for it. */
    ROLLBACK_APPROVED(
            Refusal.Code.APPROVAL_MISSING, "the approvals for the rollback are missing, expired or for another plan") {
        @Override
        boolean holds(Context context) {
            return (context.command() instanceof StartRollback rollback
                            && rollback.automatic()
                            && context.promotion().rules().automaticRollback())
                    || context.rule(Approval.Scope.ROLLBACK).required() == 0
                    || (context.command().plan().isPresent() && context.quorum(Approval.Scope.ROLLBACK));
        }
    };

    private final Refusal.Code code;
    private final String message;

    Guard(Refusal.Code code, String message) {
        this.code = code;
        this.message = message;
    }

    /** Whether the condition holds. */
    abstract boolean holds(Context context);

    /** What is answered where it does not. */
    public Refusal refusal() {
        return new Refusal(code, message);
    }

    /** All that a guard may look at. */
    record Context(Promotion promotion, PromotionCommand command, Facts facts) {

        Rules.ApprovalRule rule(Approval.Scope scope) {
            return promotion.approvalRule(scope);
        }

        Optional<Approval> approval() {
            return command instanceof PromotionCommand.GrantApproval grant
                    ? Optional.of(grant.approval())
                    : Optional.empty();
        }

        boolean quorum(Approval.Scope scope) {
            return promotion.quorum(scope, command.plan(), facts.now());
        }

        /** The same, with approvals that have expired counted too. */
        boolean quorumEver(Approval.Scope scope) {
            return promotion.quorum(scope, command.plan(), Instant.MIN);
        }
    }
}
