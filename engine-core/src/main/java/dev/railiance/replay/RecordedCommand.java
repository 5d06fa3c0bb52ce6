package dev.railiance.replay;

import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.*;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.*;

/** Commands from the events that recorded them: an event holds all that its command said, with two exceptions. */
final class RecordedCommand {

    /**
     * Stands for the attempt under which an automatic rollback would have begun. A failed promotion reports it beforehand,
     * and it is recorded only where that rollback followed. No decision looks at it.
     */
    static final Attempt NOT_RECORDED =
            new Attempt(new AttemptId("00000000-0000-0000-0000-000000000000"), "not recorded", 0);

    private RecordedCommand() {}

    /**
     * The command whose first event this is.
     *
     * @param before the promotion then: a rollback of an early format does not say its plan, and is taken to have been the one
     *     that most people had approved
     */
    static PromotionCommand of(PromotionEvent event, Promotion before) {
        return switch (event) {
            case PromotionOpened e ->
                new OpenPromotion(e.id(), e.target(), e.artifact(), e.contract(), e.rules(), e.signers(), e.mandate());
            case ValidationStarted e -> new StartValidation(e.attempt());
            case PromotionValidated e -> new RecordValidation(e.attempt(), e.report());
            case ValidationFailed e -> new RecordValidation(e.attempt(), e.report());
            case ValidationErrored e -> new RecordValidation(e.attempt(), e.report());
            case CanaryDeployStarted e -> new StartCanary(e.attempt(), e.plan());
            case CanaryDeployed e -> new CompleteCanary(e.attempt(), e.release());
            case CanaryDeployFailed e -> new FailCanary(e.attempt(), e.reason());
            case WeightStarted e -> new StartWeight(e.attempt(), e.weight(), e.found());
            case WeightChanged e -> new ChangeWeight(e.attempt(), e.weight(), e.actual());
            case WeightFailed e -> new FailWeight(e.attempt(), e.reason());
            case GateEvaluated e -> new EvaluateGate(e.evaluation());
            case GatesPassed e -> new PassGates();
            case GatesRevoked e -> new RevokeGates(e.reason());
            case ApprovalGranted e -> new GrantApproval(e.approval());
            case ApprovalWithdrawn e -> new WithdrawApproval(e.reason(), e.proof());
            case PromotionApproved e -> new ApprovePromotion(e.plan());
            case ApprovalRevoked e -> new RevokeApproval(e.reason());
            case PromoteStarted e -> new StartPromote(e.attempt(), e.plan(), e.previous());
            case PromotionPromoted e -> new CompletePromote(e.attempt(), e.release(), e.gates());
            case PromoteFailed e -> new FailPromote(e.attempt(), e.reason(), NOT_RECORDED, e.gates());
            case RollbackStarted e ->
                new StartRollback(
                        e.attempt(),
                        e.automatic(),
                        e.reason(),
                        e.revision(),
                        e.plan().or(() -> Candidate.plan(before, Approval.Scope.ROLLBACK, e.at())));
            case PromotionRolledBack e -> new CompleteRollback(e.attempt());
            case RollbackIncomplete e -> new FailRollback(e.attempt(), e.differences());
            case PromotionAborted e -> new AbortPromotion(e.reason());
            case PromotionSuperseded e -> new SupersedePromotion(e.successor());
        };
    }

    /** Whether an event that was decided again is the one that was recorded. */
    static boolean same(PromotionEvent decided, PromotionEvent recorded) {
        if (decided instanceof RollbackStarted again && recorded instanceof RollbackStarted then) {
            return then.equals(new RollbackStarted(
                    again.at(),
                    again.by(),
                    again.attempt().equals(NOT_RECORDED) ? then.attempt() : again.attempt(),
                    again.automatic(),
                    again.reason(),
                    again.revision(),
                    then.plan().flatMap(plan -> again.plan())));
        }
        return decided.equals(recorded);
    }
}
