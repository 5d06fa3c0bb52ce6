package dev.railiance.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.GateEvaluation.Result;
import dev.railiance.promotion.PromotionCommand.GrantApproval;
import dev.railiance.promotion.PromotionCommand.StartRollback;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.PromotionApproved;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.promotion.PromotionEvent.RollbackStarted;
import dev.railiance.promotion.Rules;
import dev.railiance.promotion.Rules.ApprovalRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What was decided before events said as much as they do today is decided again as it was then. */
class EarlierFormatsTest {

    private static final ApprovalRule ONE =
            new ApprovalRule(1, new TreeSet<>(Set.of("ann", "bob")), true, Duration.ofHours(24), true);

    private static final Rules RULES = new Rules(
            false,
            false,
            false,
            List.of(),
            new TreeSet<>(Set.of("errors")),
            new TreeSet<>(Set.of("errors")),
            ApprovalRule.NONE,
            ONE,
            ONE);

    @Test
    void approvalsThatDoNotNameTheirGatesBroughtAPromotionBackWhenTheGatesPassedAgain() {
        List<PromotionEvent> events = Told.validated(RULES)
                .canary()
                .looked("errors", Result.PASS)
                .approved("ann")
                .looked("errors", Result.FAIL)
                .looked("errors", Result.PASS)
                .promoted()
                .events();

        assertEquals(
                2, events.stream().filter(PromotionApproved.class::isInstance).count());
        flipsNothing(events);
    }

    @Test
    void aRollbackThatDoesNotSayItsPlanWasTheOneThatWasApproved() {
        var approval = new Approval(
                Approval.Scope.ROLLBACK,
                Traveller.digest("rollback"),
                new Actor("bob"),
                Told.START.plus(Duration.ofHours(20)),
                true,
                "customers complain");
        Told told = Told.validated(RULES)
                .canary()
                .looked("errors", Result.PASS)
                .approved("ann")
                .promoted()
                .tell("bob", new GrantApproval(approval));
        told.tell(new StartRollback(
                told.attempt(), false, "customers complain", Optional.empty(), Optional.of(approval.plan())));
        flipsNothing(told.events());
        flipsNothing(told.events().stream()
                .map(event -> event instanceof RollbackStarted started ? withoutPlan(started) : event)
                .toList());
    }

    private static PromotionEvent withoutPlan(RollbackStarted started) {
        return new RollbackStarted(
                started.at(),
                started.by(),
                started.attempt(),
                started.automatic(),
                started.reason(),
                started.revision(),
                Optional.empty());
    }

    private static void flipsNothing(List<PromotionEvent> events) {
        var opened = (PromotionOpened) events.getFirst();
        var same = new Policy(opened.target(), opened.contract(), opened.rules(), List.of());
        assertEquals(
                List.of(),
                Histories.replay(Histories.of(events), Optional.of(same)).flips());
    }
}
