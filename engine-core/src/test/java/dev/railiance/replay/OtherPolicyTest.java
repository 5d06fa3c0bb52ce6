package dev.railiance.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.contract.Freeze;
import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.GateEvaluation.Result;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Rules;
import dev.railiance.promotion.Target;
import dev.railiance.replay.ReplayReport.Outcome;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What rules would have changed that were not in force. */
class OtherPolicyTest {

    private static final Digest CONTRACT = Traveller.digest("new contract");

    private final Told told =
            Told.validated(Told.rules()).canary().looked("errors", Result.PASS).approved("ann");

    @Test
    void aGateMoreHoldsTheCanaryBackWhereItWasNotLookedAt() {
        ReplayReport report = under(
                Told.rules(List.of("errors", "latency"), Told.rules().production(), false),
                told.promoted().history());

        assertEquals(List.of("GATES_NOT_PASSED", "GATES_NOT_PASSED"), codes(report));
        assertEquals(List.of("gate.evaluated"), report.flips().getFirst().decided());
        assertEquals(
                List.of(new Fact("errors", "pass"), new Fact("latency", "not looked at")),
                report.flips().getFirst().facts());
    }

    @Test
    void aGateLessLetsTheCanaryThroughSooner() {
        List<Recorded> history = Told.validated(
                        Told.rules(List.of("errors", "latency"), Told.rules().production(), false))
                .canary()
                .looked("errors", Result.PASS)
                .looked("latency", Result.PASS)
                .history();
        var withoutLatency = Told.rules();
        var lenient = new Rules(
                false,
                false,
                false,
                List.of(),
                new java.util.TreeSet<>(List.of("errors", "latency")),
                withoutLatency.requiredGates(),
                withoutLatency.canary(),
                withoutLatency.production(),
                withoutLatency.rollback());

        ReplayReport report = under(lenient, history);

        assertEquals(1, report.flips().size());
        assertEquals(
                List.of("gate.evaluated", "promotion.gates-passed"),
                report.flips().getFirst().decided());
        assertEquals(
                "promotion.gates-passed would follow", report.flips().getFirst().reason());
    }

    @Test
    void aShorterValidityCountsFromTheGranting() {
        told.after(Duration.ofHours(3)).promoted();

        assertEquals(List.of(), codes(under(validFor(Duration.ofHours(4)), told.history())));
        assertEquals(List.of("APPROVAL_EXPIRED"), codes(under(validFor(Duration.ofHours(2)), told.history())));
    }

    @Test
    void aLargerQuorumRefusesThePromotionThatItDoesNotReach() {
        Rules two = Told.rules(List.of("errors"), Told.approval(2, List.of("ann", "bob"), Duration.ofHours(24)), false);

        ReplayReport report = under(two, told.promoted().history());

        // The approval would have been granted but not reached the quorum; then no plan is approved.
        assertEquals(List.of("APPROVAL_MISSING", "PLAN_CHANGED"), codes(report));
        assertEquals(List.of("approval.granted"), report.flips().getFirst().decided());
    }

    @Test
    void aFreezeWindowIsHeldAgainstTheTimeOfTheStart() {
        told.promoted();

        assertEquals(List.of("FROZEN", "FROZEN"), codes(frozen(0, 60, OptionalInt.empty())));
        assertEquals(List.of("FROZEN"), codes(frozen(5, 60, OptionalInt.empty())));
        assertEquals(List.of(), codes(frozen(30, 60, OptionalInt.empty())));
        assertEquals(
                List.of(new Fact("freeze window", "moving house")),
                frozen(5, 60, OptionalInt.empty()).flips().getFirst().facts());
    }

    @Test
    void asManyApprovalsAsAWindowAsksForOverrideIt() {
        told.approved("bob").promoted();

        assertEquals(List.of(), codes(frozen(5, 60, OptionalInt.of(2))));
        assertEquals(List.of("FROZEN"), codes(frozen(5, 60, OptionalInt.of(3))));
    }

    @Test
    void anAutomaticRollbackIsAnotherOutcomeOfAFailedPromotion() {
        ReplayReport report = under(
                Told.rules(List.of("errors"), Told.rules().production(), true),
                told.promoting().failed().history());

        assertEquals(
                List.of("promotion.promote-failed", "promotion.rollback-started"),
                report.flips().getFirst().decided());
    }

    @Test
    void itIsSaidHowManyVerdictsWereTakenAsTheyAre() {
        ReplayReport report = under(Told.rules(), told.promoted().history());

        assertEquals(Outcome.UNCHANGED, report.outcome());
        // One of Stage 1 and one of a gate.
        assertEquals(Optional.of(2L), report.decisions().verdictsTaken());
        assertEquals(
                Optional.empty(), Histories.replay(told.history()).decisions().verdictsTaken());
    }

    @Test
    void moreFlipsThanFitAreCountedAndNotListed() {
        told.promoted();
        var tally = new ReplayTally(
                Optional.empty(), Optional.of(new Policy(Told.SHOP, CONTRACT, Told.rules(), List.of())));
        Flip flip = frozen(5, 60, OptionalInt.empty()).flips().getFirst();
        for (int i = 0; i < ReplayReport.LISTED + 3; i++) {
            tally.flip(flip);
        }

        ReplayReport report = tally.report(Head.EMPTY);

        assertEquals(ReplayReport.LISTED, report.flips().size());
        assertEquals(3, report.flipsNotListed());
        assertEquals(Optional.of(ReplayReport.LISTED + 3L), report.decisions().flippedPolicy());
        assertEquals(Outcome.FLIPPED, report.outcome());
    }

    @Test
    void aPolicyForAnotherTargetSaysNothing() {
        var other = new Policy(new Target("mail", "production"), CONTRACT, Told.rules(), List.of());

        ReplayReport report = Histories.replay(told.history(), Optional.of(other));

        assertEquals(Outcome.UNCHANGED, report.outcome());
        assertEquals(Optional.of(0L), report.decisions().policy());
        assertEquals(List.of(new ReplayReport.LeftOut("shop", "production", 1)), report.leftOut());
    }

    @Test
    void oneOtherPromotionIsLeftAlone() {
        var other = new PromotionId("01900000-0000-7000-8000-000000000002");

        ReplayReport report = Histories.replay(told.history(), Optional.of(other), Optional.empty());

        assertEquals(0, report.events());
        assertEquals(0, report.decisions().recorded());
    }

    private ReplayReport frozen(int from, int to, OptionalInt override) {
        OffsetDateTime start = Told.START.atOffset(ZoneOffset.UTC);
        var window = new Freeze.Once("moving house", start.plusMinutes(from), start.plusMinutes(to), override);
        return Histories.replay(
                told.history(), Optional.of(new Policy(Told.SHOP, CONTRACT, Told.rules(), List.of(window))));
    }

    private static Rules validFor(Duration validity) {
        return Told.rules(List.of("errors"), Told.approval(1, List.of("ann", "bob"), validity), false);
    }

    private static ReplayReport under(Rules rules, List<Recorded> history) {
        return Histories.replay(history, Optional.of(new Policy(Told.SHOP, CONTRACT, rules, List.of())));
    }

    private static List<String> codes(ReplayReport report) {
        return report.flips().stream().map(flip -> flip.code().orElse("")).toList();
    }
}
