package dev.railiance.promotion;

import static dev.railiance.promotion.Samples.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.GateEvaluation.Result;
import dev.railiance.promotion.PromotionCommand.*;
import dev.railiance.promotion.PromotionEvent.*;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Decisions told one by one, with the events that they record. */
class DeciderTest {

    private final Journey journey = new Journey();

    @Test
    void validationThatFailsOrErrsLeavesThePromotionOpenForAnotherTry() {
        journey.tell(open(FIXED, NO_RULES));
        int number = 1;
        for (Verdict verdict : List.of(Verdict.FAILED, Verdict.ERRORED, Verdict.SKIPPED)) {
            journey.tell(new StartValidation(attempt(number)));
            String event = verdict == Verdict.FAILED ? "promotion.validation-failed" : "promotion.validation-errored";
            assertEquals(List.of(event), journey.tell(new RecordValidation(attemptId(number), report(verdict))));
            assertEquals(Phase.OPENED, journey.state().phase());
            assertEquals(Optional.of(report(verdict)), journey.state().validation());
            number++;
        }
    }

    @Test
    void secondOutcomeOfAnAttemptChangesNothing() {
        journey.validated(NO_RULES);
        assertEquals(
                List.of("the outcome of this attempt is recorded already"),
                journey.tell(new RecordValidation(attemptId(1), report(Verdict.FAILED))));
        assertEquals(Phase.VALIDATED, journey.state().phase());
    }

    @Test
    void outcomeOfAnAttemptThatWasGivenUpIsStale() {
        journey.tell(open(FIXED, NO_RULES));
        journey.tell(new StartValidation(attempt(1)));
        assertEquals(
                List.of("ATTEMPT_STALE"), journey.tell(new RecordValidation(attemptId(2), report(Verdict.PASSED))));
    }

    @Test
    void canaryNeedsItsApprovalForThisPlanAFreeTargetAndNoFreeze() {
        journey.validated(Journey.TWO_APPROVE);
        assertEquals(List.of("APPROVAL_MISSING"), journey.tell(new StartCanary(attempt(2), PLAN)));
        journey.tell(new GrantApproval(approval(Scope.STAGE2, PLAN, ANN, true)));
        assertEquals(List.of("APPROVAL_MISSING"), journey.tell(new StartCanary(attempt(2), OTHER_PLAN)));
        assertEquals(
                List.of("APPROVAL_MISSING"),
                journey.tell(new StartCanary(attempt(2), PLAN), Facts.at(AFTER_EXPIRY, REQUESTER)));
        assertEquals(
                List.of("TARGET_BUSY"),
                journey.tell(
                        new StartCanary(attempt(2), PLAN),
                        new Facts(BEFORE_EXPIRY, REQUESTER, Optional.of(OTHER), Optional.empty())));
        assertEquals(
                List.of("FROZEN"),
                journey.tell(
                        new StartCanary(attempt(2), PLAN),
                        new Facts(BEFORE_EXPIRY, REQUESTER, Optional.of(ID), Optional.of("holidays"))));
        assertEquals(List.of("canary.deploy-started"), journey.tell(new StartCanary(attempt(2), PLAN)));
    }

    @Test
    void artifactThatIsNotFixedIsNotDeployed() {
        for (Artifact artifact : List.of(DIRTY, WITHOUT_DIGEST)) {
            journey.resume(Promotion.NEW);
            journey.tell(
                    open(artifact, rules(false, List.of(), Set.of(), rule(0, false), rule(0, false), rule(0, false))));
            journey.tell(new StartValidation(attempt(1)));
            journey.tell(new RecordValidation(attemptId(1), report(Verdict.PASSED)));
            assertEquals(List.of("ARTIFACT_NOT_FIXED"), journey.tell(new StartCanary(attempt(2), PLAN)));
        }
    }

    @Test
    void eachWeightIsJudgedAnew() {
        journey.canaryDeployed(Journey.TWO_APPROVE);
        assertEquals(List.of("WEIGHT_NOT_DECLARED"), journey.tell(new ChangeWeight(11)));
        journey.tell(new ChangeWeight(10));
        assertEquals(List.of("gate.evaluated"), journey.tell(new EvaluateGate(look("errors", Result.PASS))));
        assertEquals(List.of("WEIGHTS_NOT_DONE"), journey.tell(new PassGates()));
        journey.tell(new ChangeWeight(50));
        assertEquals(List.of("GATES_NOT_PASSED"), journey.tell(new PassGates()));
        assertEquals(List.of("canary.weight-changed"), journey.tell(new ChangeWeight(0)));
        assertEquals(0, journey.state().weight());
    }

    @Test
    void aWeightIsAnnouncedBeforeItIsChangedAndNoGatePassesMeanwhile() {
        journey.canaryDeployed(Journey.TWO_APPROVE);
        assertEquals(List.of("WEIGHT_NOT_DECLARED"), journey.tell(new StartWeight(attempt(3), 11, Optional.empty())));
        assertEquals(List.of("canary.weight-started"), journey.tell(new StartWeight(attempt(3), 50, Optional.empty())));
        assertEquals(List.of("ATTEMPT_STALE"), journey.tell(new ChangeWeight(50)));
        assertEquals(0, journey.state().weight());
        assertEquals(
                List.of("canary.weight-changed"),
                journey.tell(new ChangeWeight(Optional.of(attemptId(3)), 50, Optional.of(TrafficShare.routed(50)))));
        assertEquals(50, journey.state().weight());
        journey.tell(new StartWeight(attempt(4), 50, Optional.of(TrafficShare.routed(0))));
        assertEquals(List.of("gate.evaluated"), journey.tell(new EvaluateGate(look("errors", Result.PASS))));
        assertEquals(List.of("WEIGHT_CHANGING"), journey.tell(new PassGates()));
        assertEquals(List.of("canary.weight-failed"), journey.tell(new FailWeight(attemptId(4), "out of reach")));
        assertEquals(50, journey.state().weight());
    }

    @Test
    void whereAScoreIsAskedForRequiredGatesAloneDoNotPass() {
        var score = new Rules.ScoreRule(
                75,
                new TreeMap<>(Map.of("errors", 2, "latency", 1, "saturation", 1)),
                new TreeSet<>(Set.of("saturation")));
        var gates = new TreeSet<>(score.weights().keySet());
        journey.canaryDeployed(new Rules(
                false,
                false,
                false,
                List.of(),
                gates,
                new TreeSet<>(Set.of("errors")),
                rule(0, false),
                rule(1, false),
                rule(0, false),
                Optional.of(score)));
        assertEquals(List.of("gate.evaluated"), journey.tell(new EvaluateGate(look("errors", Result.PASS))));
        assertEquals(List.of("gate.evaluated"), journey.tell(new EvaluateGate(look("latency", Result.PASS))));
        assertEquals(List.of("GATES_NOT_PASSED"), journey.tell(new PassGates()), "75 %, without the key gate");
        assertEquals(List.of("gate.evaluated"), journey.tell(new EvaluateGate(look("latency", Result.FAIL))));
        assertEquals(
                List.of("gate.evaluated", "promotion.gates-passed"),
                journey.tell(new EvaluateGate(look("saturation", Result.PASS))),
                "75 % with it");
    }

    @Test
    void onlyDeclaredGatesAreRecordedAndHoldAdvancesNothing() {
        journey.gatesPassed();
        assertEquals(List.of("GATE_NOT_DECLARED"), journey.tell(new EvaluateGate(look("luck", Result.PASS))));
        assertEquals(List.of("gate.evaluated"), journey.tell(new EvaluateGate(look("errors", Result.HOLD))));
        assertEquals(Phase.GATES_PASSED, journey.state().phase());
        assertEquals(
                List.of("gate.evaluated", "gates.revoked"),
                journey.tell(new EvaluateGate(look("errors", Result.FAIL))));
        assertEquals(Phase.CANARY_DEPLOYED, journey.state().phase());
    }

    @Test
    void promoteTellsAChangedPlanFromAnExpiredApproval() {
        journey.approved();
        assertEquals(List.of("PLAN_CHANGED"), journey.tell(new StartPromote(attempt(3), OTHER_PLAN)));
        assertEquals(
                List.of("APPROVAL_EXPIRED"),
                journey.tell(new StartPromote(attempt(3), PLAN), Facts.at(EXPIRY, REQUESTER)));
        journey.tell(new EvaluateGate(look("errors", Result.HOLD)));
        assertEquals(List.of("GATES_NOT_PASSED"), journey.tell(new StartPromote(attempt(3), PLAN)));
    }

    @Test
    void failedPromoteBeginsTheRollbackWhereThatIsAutomatic() {
        journey.approved();
        journey.tell(new StartPromote(attempt(3), PLAN));
        assertEquals(
                List.of("promotion.promote-failed", "promotion.rollback-started"),
                journey.tell(new FailPromote(attemptId(3), "not ready", attempt(4))));
        assertEquals(Optional.of(attempt(4)), journey.state().attempt());
        assertEquals(
                List.of("promotion.rollback-incomplete"),
                journey.tell(new FailRollback(attemptId(4), List.of("deployment/shop"))));
        journey.tell(new StartRollback(attempt(5), false, "again"));
        assertEquals(List.of("promotion.rolled-back"), journey.tell(new CompleteRollback(attemptId(5))));
        assertEquals(List.of("PROMOTION_ENDED"), journey.tell(new StartRollback(attempt(6), false, "again")));
    }

    @Test
    void failedPromoteStaysApprovedWhereRollbackIsNotAutomatic() {
        journey.canaryDeployed(rules(false, List.of(), Set.of(), rule(0, false), rule(0, false), rule(0, false)));
        journey.tell(new PassGates());
        journey.tell(new StartPromote(attempt(3), PLAN));
        assertEquals(
                List.of("promotion.promote-failed"),
                journey.tell(new FailPromote(attemptId(3), "not ready", attempt(4))));
        assertEquals(Phase.APPROVED, journey.state().phase());
    }

    @Test
    void rollbackFromProductionIsApprovedOrAutomaticAsTheContractSays() {
        journey.promoted();
        assertEquals(List.of("APPROVAL_MISSING"), journey.tell(new StartRollback(attempt(4), false, "slow")));
        Promotion before = journey.state();
        assertEquals(
                List.of("promotion.rollback-started"),
                journey.tell(new StartRollback(attempt(4), true, "a check failed")));
        journey.resume(before);
        journey.tell(new GrantApproval(approval(Scope.ROLLBACK, PLAN, ANN, true)));
        assertEquals(List.of("APPROVAL_MISSING"), journey.tell(new StartRollback(attempt(4), false, "slow")));
        assertEquals(List.of("APPROVAL_MISSING"), journey.tell(rollback(4, OTHER_PLAN)));
        assertEquals(List.of("promotion.rollback-started"), journey.tell(rollback(4, PLAN)));
    }

    @Test
    void rollbackThatCallsItselfAutomaticIsNotWhereTheContractDeclaresNone() {
        journey.canaryDeployed(rules(false, List.of(), Set.of(), rule(0, false), rule(0, false), rule(1, true)));
        journey.tell(new PassGates());
        journey.tell(new StartPromote(attempt(3), PLAN));
        journey.tell(new CompletePromote(attemptId(3), RELEASE));
        assertEquals(List.of("APPROVAL_MISSING"), journey.tell(new StartRollback(attempt(4), true, "a check failed")));
    }

    @Test
    void newerPromotionEndsTheOlder() {
        journey.promoted();
        assertEquals(List.of("promotion.superseded"), journey.tell(new SupersedePromotion(OTHER)));
        assertEquals(List.of("PROMOTION_ENDED"), journey.tell(new StartRollback(attempt(4), true, "slow")));
    }

    @Test
    void abortForgetsTheAttemptAndEndsThePromotion() {
        journey.tell(open(FIXED, NO_RULES));
        journey.tell(new StartValidation(attempt(1)));
        assertEquals(List.of("promotion.aborted"), journey.tell(new AbortPromotion("not wanted")));
        assertEquals(Optional.empty(), journey.state().attempt());
        assertEquals(
                List.of("PROMOTION_ENDED"), journey.tell(new RecordValidation(attemptId(1), report(Verdict.PASSED))));
    }

    @Test
    void refusalNamesWhatWasAskedAndWhereThePromotionStands() {
        journey.tell(open(FIXED, NO_RULES));
        var refused = journey.refusalOf(new StartPromote(attempt(3), PLAN));
        assertEquals(
                new Refusal(
                        Refusal.Code.ILLEGAL_TRANSITION, "START_PROMOTE is not allowed while the promotion is OPENED"),
                refused);
        journey.tell(new AbortPromotion("not wanted"));
        var ended = journey.refusalOf(new StartPromote(attempt(3), PLAN));
        assertEquals(new Refusal(Refusal.Code.PROMOTION_ENDED, "the promotion has ended: it is ABORTED"), ended);
    }

    @Test
    void foldKnowsWhatWasOpened() {
        journey.tell(open(FIXED, Journey.TWO_APPROVE));
        assertEquals(ID, journey.state().id());
        assertEquals(TARGET, journey.state().target());
        assertEquals(FIXED, journey.state().artifact());
        assertEquals(Journey.TWO_APPROVE, journey.state().rules());
        assertEquals(REQUESTER, journey.state().requester());
        assertTrue(journey.state().attempt().isEmpty());
        assertThrows(IllegalStateException.class, Promotion.NEW::id);
    }

    @Test
    void eventThatCannotFollowIsAnImpossibleHistory() {
        var outOfTurn = new PromotionAborted(BEFORE_EXPIRY, REQUESTER, "");
        assertThrows(ImpossibleHistory.class, () -> Promotion.of(List.of(outOfTurn)));
    }
}
