package dev.railiance.promotion;

import dev.railiance.promotion.Decision.Accepted;
import dev.railiance.promotion.Decision.Refused;
import dev.railiance.promotion.Decision.Unchanged;
import dev.railiance.promotion.GateEvaluation.Result;
import dev.railiance.promotion.PromotionCommand.*;
import dev.railiance.promotion.PromotionEvent.*;
import dev.railiance.promotion.Transitions.Firing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides commands: pure, total, and the same for the same input forever. */
public final class Decider {

    private static final Refusal RULES_CHANGED = new Refusal(
            Refusal.Code.RULES_CHANGED,
            "who must approve, or whose signatures count, has changed in production since it was opened");

    private final Transitions transitions;

    /** A decider that asks {@code transitions} what is legal. */
    public Decider(Transitions transitions) {
        this.transitions = transitions;
    }

    /** What follows from a command; never throws for a command that can be made. */
    public Decision decide(Promotion promotion, PromotionCommand command, Facts facts) {
        if (facts.rulesChanged()
                && Lifecycle.find(promotion.phase(), command.trigger()).isPresent()) {
            return new Refused(RULES_CHANGED);
        }
        Optional<String> repeated = repeated(promotion, command, facts);
        if (repeated.isPresent()) {
            return new Unchanged(repeated.get());
        }
        return switch (fire(promotion, command, facts)) {
            case Firing.Taken taken -> new Accepted(withConsequences(promotion, command, facts));
            case Firing.Blocked blocked -> new Refused(blocked.guard().refusal());
            case Firing.Illegal illegal -> new Refused(illegal(promotion, command));
        };
    }

    private Firing fire(Promotion promotion, PromotionCommand command, Facts facts) {
        var context = new Guard.Context(promotion, command, facts);
        return transitions.fire(promotion.phase(), command.trigger(), guard -> guard.holds(context));
    }

    private static Optional<String> repeated(Promotion promotion, PromotionCommand command, Facts facts) {
        if (command.attempt().isPresent() && command.attempt().equals(promotion.settled())) {
            return Optional.of("the outcome of this attempt is recorded already");
        }
        if (command instanceof GrantApproval grant
                && promotion.approvals().stream()
                        .anyMatch(given -> given.validAt(facts.now()) && says(given, grant.approval()))) {
            return Optional.of("this person has approved this plan already");
        }
        return Optional.empty();
    }

    /** What is said once more in a freeze window says more than before. */
    private static boolean says(Approval given, Approval wanted) {
        return given.scope() == wanted.scope()
                && given.plan().equals(wanted.plan())
                && given.approver().equals(wanted.approver())
                && (wanted.freeze().isEmpty() || wanted.freeze().equals(given.freeze()));
    }

    private static Refusal illegal(Promotion promotion, PromotionCommand command) {
        Phase phase = promotion.phase();
        return phase.end()
                ? new Refusal(Refusal.Code.PROMOTION_ENDED, "the promotion has ended: it is " + phase)
                : new Refusal(
                        Refusal.Code.ILLEGAL_TRANSITION,
                        command.trigger() + " is not allowed while the promotion is " + phase);
    }

    /** The event of the command, and those that follow from it at once. */
    private List<PromotionEvent> withConsequences(Promotion promotion, PromotionCommand command, Facts facts) {
        var events = new ArrayList<PromotionEvent>();
        Promotion state = promotion;
        Optional<PromotionCommand> next = Optional.of(command);
        while (next.isPresent()) {
            PromotionCommand current = next.get();
            if (!(fire(state, current, facts) instanceof Firing.Taken)) {
                break;
            }
            PromotionEvent event = event(state, current, facts);
            events.add(event);
            state = state.evolve(event);
            next = consequence(state, current);
        }
        return events;
    }

    /** What to try next; it only happens where the lifecycle allows it. */
    private static Optional<PromotionCommand> consequence(Promotion state, PromotionCommand done) {
        return Optional.ofNullable(
                switch (done) {
                    case EvaluateGate look
                    when fails(state, look.evaluation()) ->
                        new RevokeGates("gate " + look.evaluation().gate() + " failed");
                    case EvaluateGate look -> new PassGates();
                    case PassGates passed -> new ApprovePromotion(Optional.empty());
                    case GrantApproval grant -> new ApprovePromotion(grant.plan());
                    case WithdrawApproval withdrawal -> new RevokeApproval(withdrawal.reason());
                    case FailPromote failed
                    when state.rules().automaticRollback() ->
                        new StartRollback(failed.rollback(), true, failed.reason());
                    default -> null;
                });
    }

    private static boolean fails(Promotion state, GateEvaluation look) {
        return look.verdict() == Result.FAIL && state.rules().requiredGates().contains(look.gate());
    }

    private static PromotionEvent event(Promotion promotion, PromotionCommand command, Facts facts) {
        var at = facts.now();
        var by = facts.actor();
        return switch (command) {
            case OpenPromotion open ->
                new PromotionOpened(
                        at,
                        by,
                        open.id(),
                        open.target(),
                        open.artifact(),
                        open.contract(),
                        open.rules(),
                        open.signers(),
                        open.mandate());
            case StartValidation start -> new ValidationStarted(at, by, start.started());
            case RecordValidation done ->
                switch (done.report().verdict()) {
                    case PASSED -> new PromotionValidated(at, by, done.reporter(), done.report());
                    case FAILED -> new ValidationFailed(at, by, done.reporter(), done.report());
                    case ERRORED, SKIPPED -> new ValidationErrored(at, by, done.reporter(), done.report());
                };
            case StartCanary start -> new CanaryDeployStarted(at, by, start.started(), start.planned());
            case CompleteCanary done -> new CanaryDeployed(at, by, done.reporter(), done.release());
            case FailCanary done -> new CanaryDeployFailed(at, by, done.reporter(), done.reason());
            case StartWeight start -> new WeightStarted(at, by, start.started(), start.weight(), start.found());
            case ChangeWeight change -> new WeightChanged(at, by, change.reporter(), change.weight(), change.actual());
            case FailWeight done -> new WeightFailed(at, by, done.reporter(), done.reason());
            case EvaluateGate look -> new GateEvaluated(at, by, look.evaluation());
            case PassGates pass -> new GatesPassed(at, by, promotion.rules().requiredGates());
            case RevokeGates revoke -> new GatesRevoked(at, by, revoke.reason());
            case GrantApproval grant -> new ApprovalGranted(at, by, grant.approval());
            case ApprovePromotion approve -> approved(promotion, approve, facts);
            case WithdrawApproval withdraw -> new ApprovalWithdrawn(at, by, withdraw.reason(), withdraw.proof());
            case RevokeApproval revoke -> new ApprovalRevoked(at, by, revoke.reason());
            case StartPromote start -> new PromoteStarted(at, by, start.started(), start.planned(), start.previous());
            case CompletePromote done -> new PromotionPromoted(at, by, done.reporter(), done.release(), done.gates());
            case FailPromote done -> new PromoteFailed(at, by, done.reporter(), done.reason(), done.gates());
            case StartRollback start ->
                new RollbackStarted(
                        at, by, start.started(), start.automatic(), start.reason(), start.revision(), start.plan());
            case CompleteRollback done -> new PromotionRolledBack(at, by, done.reporter());
            case FailRollback done -> new RollbackIncomplete(at, by, done.reporter(), done.differences());
            case AbortPromotion abort -> new PromotionAborted(at, by, abort.reason());
            case SupersedePromotion supersede -> new PromotionSuperseded(at, by, supersede.successor());
        };
    }

    private static PromotionApproved approved(Promotion promotion, ApprovePromotion approve, Facts facts) {
        Optional<Digest> plan = approve.plan()
                .or(() -> promotion.approvals().stream()
                        .filter(approval -> approval.scope() == Approval.Scope.STAGE3)
                        .map(Approval::plan)
                        .filter(candidate ->
                                promotion.quorum(Approval.Scope.STAGE3, Optional.of(candidate), facts.now()))
                        .findFirst());
        List<Actor> approvers = plan.map(digest -> promotion.approvers(Approval.Scope.STAGE3, digest, facts.now()))
                .orElse(List.of());
        return new PromotionApproved(facts.now(), facts.actor(), plan, approvers);
    }
}
