package dev.railiance.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.promotion.Actor;
import dev.railiance.promotion.GateEvaluation.Result;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.*;
import dev.railiance.replay.ReplayReport.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Events that the engine would not have recorded so. */
class BrokenHistoryTest {

    private final List<PromotionEvent> events = new ArrayList<>(Told.validated(Told.rules())
            .canary()
            .looked("errors", Result.PASS)
            .approved("ann")
            .promoted()
            .events());

    @Test
    void anApprovalByAnotherIsNotTheOneThatWasDecidedOn() {
        int approved = indexOf(PromotionApproved.class);
        var then = (PromotionApproved) events.get(approved);
        events.set(approved, new PromotionApproved(then.at(), then.by(), then.plan(), List.of(new Actor("mallory"))));

        Flip flip = only(Histories.replay(Histories.of(events)));

        assertEquals(approved, flip.sequence());
        assertEquals(Optional.of("EVENT_DIFFERS"), flip.code());
    }

    @Test
    void anApprovalThatNobodyGaveIsRefused() {
        events.remove(indexOf(ApprovalGranted.class));

        List<Flip> flips = Histories.replay(Histories.of(events)).flips();

        assertEquals("refused", flips.getFirst().outcome());
        assertEquals(Optional.of("APPROVAL_MISSING"), flips.getFirst().code());
        assertEquals(Optional.of("PLAN_CHANGED"), flips.get(1).code());
        assertEquals(2, flips.size());
    }

    @Test
    void whatFollowsByItselfCannotBeLeftOut() {
        events.remove(indexOf(GatesPassed.class));

        ReplayReport report = Histories.replay(Histories.of(events));

        assertEquals(Optional.of("EVENT_DIFFERS"), report.flips().getFirst().code());
        // Without passed gates the lifecycle has no place for an approval: nothing after it can be followed.
        assertEquals(3, report.decisions().notFollowed());
        assertEquals(Outcome.IMPOSSIBLE, report.outcome());
    }

    @Test
    void aHistoryThatEndsBeforeWhatFollowsByItselfBreaksOff() {
        List<PromotionEvent> cut = events.subList(0, indexOf(GatesPassed.class));

        Flip flip = only(Histories.replay(Histories.of(cut)));

        assertEquals("the history ends before promotion.gates-passed", flip.reason());
        assertEquals(List.of("gate.evaluated", "promotion.gates-passed"), flip.recorded());
    }

    @Test
    void aGateThatPassesWithoutALookAtItIsRefused() {
        events.remove(indexOf(GateEvaluated.class));

        Flip first = Histories.replay(Histories.of(events)).flips().getFirst();

        assertEquals(Optional.of("GATES_NOT_PASSED"), first.code());
        assertEquals(List.of(new Fact("errors", "not looked at")), first.facts());
    }

    @Test
    void anOutcomeOfAnotherAttemptIsStale() {
        int completed = indexOf(PromotionPromoted.class);
        var then = (PromotionPromoted) events.get(completed);
        var other = ((ValidationStarted) events.get(1)).attempt().id();
        events.set(completed, new PromotionPromoted(then.at(), then.by(), other, then.release(), then.gates()));

        assertEquals(
                Optional.of("ATTEMPT_STALE"),
                only(Histories.replay(Histories.of(events))).code());
    }

    @Test
    void aRollbackThatBeganByItselfIsRecognizedByAllButItsAttempt() {
        List<Recorded> history = Told.validated(
                        Told.rules(List.of("errors"), Told.rules().production(), true))
                .canary()
                .looked("errors", Result.PASS)
                .approved("bob")
                .promoting()
                .failed()
                .history();

        assertEquals(RollbackStarted.class, history.getLast().event().getClass());
        assertEquals(List.of(), Histories.replay(history).flips());
    }

    private int indexOf(Class<? extends PromotionEvent> type) {
        return events.stream().map(Object::getClass).toList().indexOf(type);
    }

    private static Flip only(ReplayReport report) {
        assertEquals(1, report.flips().size(), () -> report.flips().toString());
        assertEquals(Outcome.IMPOSSIBLE, report.outcome());
        return report.flips().getFirst();
    }
}
