package dev.railiance.promotion;

import static dev.railiance.promotion.Samples.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.GateEvaluation.Result;
import dev.railiance.promotion.PromotionCommand.*;
import dev.railiance.promotion.PromotionEvent.*;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who approves what, and what comes of it. */
class ApprovalDecisionsTest {

    private final Journey journey = new Journey();

    @Test
    void promotionThatNeedsNobodyIsApprovedWithItsGates() {
        journey.canaryDeployed(
                rules(false, List.of(), Set.of("errors"), rule(0, false), rule(0, false), rule(0, false)));
        var accepted = journey.eventsOf(new EvaluateGate(look("errors", Result.PASS)));
        var approved = assertInstanceOf(PromotionApproved.class, accepted.getLast());
        assertEquals(Optional.empty(), approved.plan());
        assertEquals(List.of(), approved.approvers());
        assertEquals(
                Set.of("errors"),
                assertInstanceOf(GatesPassed.class, accepted.get(1)).gates());
    }

    @Test
    void approversAreListedIndependentAndSign() {
        journey.gatesPassed();
        assertEquals(
                List.of("NOT_AN_APPROVER"),
                journey.tell(new GrantApproval(approval(Scope.STAGE3, PLAN, STRANGER, true))));
        assertEquals(
                List.of("REQUESTER_EXCLUDED"),
                journey.tell(new GrantApproval(approval(Scope.STAGE3, PLAN, REQUESTER, true))));
        assertEquals(
                List.of("SIGNATURE_MISSING"),
                journey.tell(new GrantApproval(approval(Scope.STAGE3, PLAN, ANN, false))));
    }

    @Test
    void criticalAppNeedsSignaturesEvenWhereTheRuleDoesNot() {
        var lax = rules(false, List.of(), Set.of(), rule(1, false), rule(1, false), rule(1, false));
        var critical = new Rules(
                true,
                lax.digestPinned(),
                lax.automaticRollback(),
                lax.weights(),
                lax.gates(),
                lax.requiredGates(),
                lax.canary(),
                lax.production(),
                lax.rollback());
        var unsigned = new GrantApproval(approval(Scope.STAGE2, PLAN, ANN, false));
        journey.validated(lax);
        assertEquals(List.of("approval.granted"), journey.tell(unsigned));
        journey.resume(Promotion.NEW);
        journey.validated(critical);
        assertEquals(List.of("SIGNATURE_MISSING"), journey.tell(unsigned));
    }

    @Test
    void onePersonCountsOnceAndMayApproveAgainAfterExpiry() {
        journey.gatesPassed();
        var grant = new GrantApproval(approval(Scope.STAGE3, PLAN, ANN, true));
        journey.tell(grant);
        assertEquals(List.of("this person has approved this plan already"), journey.tell(grant));
        assertEquals(List.of("approval.granted"), journey.tell(grant, Facts.at(AFTER_EXPIRY, ANN)));
        assertEquals(List.of("APPROVAL_MISSING"), journey.tell(new ApprovePromotion(Optional.of(PLAN))));
    }

    @Test
    void approvalsOfDifferentPlansDoNotAddUp() {
        journey.gatesPassed();
        journey.tell(new GrantApproval(approval(Scope.STAGE3, PLAN, ANN, true)));
        assertEquals(
                List.of("approval.granted"),
                journey.tell(new GrantApproval(approval(Scope.STAGE3, OTHER_PLAN, BOB, true))));
        assertEquals(List.of("APPROVAL_MISSING"), journey.tell(new ApprovePromotion(Optional.empty())));
    }

    @Test
    void approvedEventNamesThePlanAndWhoApprovedIt() {
        journey.gatesPassed();
        journey.tell(new GrantApproval(approval(Scope.STAGE3, OTHER_PLAN, ANN, true)));
        journey.tell(new GrantApproval(approval(Scope.STAGE3, PLAN, ANN, true)));
        var accepted = journey.eventsOf(new GrantApproval(approval(Scope.STAGE3, PLAN, BOB, true)));
        assertEquals(
                new PromotionApproved(BEFORE_EXPIRY, REQUESTER, Optional.of(PLAN), List.of(ANN, BOB)),
                accepted.getLast());
    }

    @Test
    void gatesThatPassAgainAreApprovedAgain() {
        journey.approved();
        journey.tell(new EvaluateGate(look("errors", Result.FAIL)));
        assertTrue(journey.state().approvals().stream().noneMatch(approval -> approval.scope() == Scope.STAGE3));
        assertEquals(
                List.of("gate.evaluated", "promotion.gates-passed"),
                journey.tell(new EvaluateGate(look("errors", Result.PASS))));
        assertEquals(List.of("APPROVAL_MISSING"), journey.tell(new ApprovePromotion(Optional.of(PLAN))));
        journey.tell(new GrantApproval(approval(Scope.STAGE3, PLAN, ANN, true)));
        journey.tell(new GrantApproval(approval(Scope.STAGE3, PLAN, BOB, true)));
        assertEquals(Phase.APPROVED, journey.state().phase());
    }

    @Test
    void gatesThatAreTakenBackWithoutALookAreApprovedAgainToo() {
        journey.approved();
        journey.tell(new RevokeGates("an operator saw something"));
        assertEquals(List.of("promotion.gates-passed"), journey.tell(new PassGates()));
    }

    @Test
    void approvalsThatDoNotSayWhatTheyRestOnCountAsTheyDidWhenTheyWereGiven() {
        journey.gatesPassed();
        for (Actor approver : List.of(ANN, BOB)) {
            journey.tell(new GrantApproval(new Approval(Scope.STAGE3, PLAN, approver, EXPIRY, true, "looks good")));
        }
        journey.tell(new EvaluateGate(look("errors", Result.FAIL)));
        var accepted = journey.eventsOf(new EvaluateGate(look("errors", Result.PASS)));
        assertEquals(
                new PromotionApproved(BEFORE_EXPIRY, REQUESTER, Optional.of(PLAN), List.of(ANN, BOB)),
                accepted.getLast());
    }

    @Test
    void whoHasApprovedMaySaySoOnceMoreInAFreezeWindow() {
        journey.gatesPassed();
        journey.tell(new GrantApproval(approval(Scope.STAGE3, PLAN, ANN, true)));
        var breaking = new GrantApproval(new Approval(
                Scope.STAGE3,
                PLAN,
                ANN,
                EXPIRY,
                true,
                "a leak must be closed",
                Optional.empty(),
                Approval.freeze(List.of("year end", "weekend")),
                Optional.of(digest("gates"))));
        assertEquals(List.of("approval.granted"), journey.tell(breaking));
        assertEquals(List.of("this person has approved this plan already"), journey.tell(breaking));
        assertEquals(
                List.of("this person has approved this plan already"),
                journey.tell(new GrantApproval(approval(Scope.STAGE3, PLAN, ANN, true))));
        assertEquals(List.of("APPROVAL_MISSING"), journey.tell(new ApprovePromotion(Optional.of(PLAN))));
    }

    @Test
    void anApprovalBreaksTheWindowsThatItNamesAndNoOthers() {
        Approval approval = new Approval(
                Scope.STAGE3,
                PLAN,
                ANN,
                EXPIRY,
                true,
                "a leak must be closed",
                Optional.empty(),
                Approval.freeze(List.of("year end", "weekend")),
                Optional.empty());
        assertEquals(
                List.of(true, true, false, false, false),
                Stream.of("year end", "weekend", "week", "end", "year end, week")
                        .map(approval::breaks)
                        .toList());
        assertFalse(approval(Scope.STAGE3, PLAN, ANN, true).breaks(""));
    }

    @Test
    void withdrawalTakesThePermissionBackOnceTheQuorumIsLost() {
        journey.approved();
        assertEquals(
                List.of("APPROVAL_MISSING"),
                journey.tell(new WithdrawApproval("never gave one"), Facts.at(BEFORE_EXPIRY, STRANGER)));
        assertEquals(List.of("APPROVAL_STANDS"), journey.tell(new RevokeApproval("no reason")));
        assertEquals(
                List.of("approval.withdrawn", "approval.revoked"),
                journey.tell(new WithdrawApproval("second thoughts"), Facts.at(BEFORE_EXPIRY, ANN)));
        assertEquals(Phase.GATES_PASSED, journey.state().phase());
        assertEquals(
                List.of(approval(Scope.STAGE3, PLAN, BOB, true)),
                journey.state().approvals());
    }

    @Test
    void expiredQuorumCanBeRevoked() {
        journey.approved();
        assertEquals(
                List.of("approval.revoked"),
                journey.tell(new RevokeApproval("expired"), Facts.at(AFTER_EXPIRY, REQUESTER)));
    }
}
