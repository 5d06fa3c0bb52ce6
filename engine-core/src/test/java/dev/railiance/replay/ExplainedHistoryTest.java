package dev.railiance.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.Seal;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.GateEvaluation.Result;
import dev.railiance.promotion.PromotionId;
import dev.railiance.statemachine.SpringTransitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Why things happened, and what stood in the way of others. */
class ExplainedHistoryTest {

    private static final EventCodec CODEC = new EventCodec();
    private final SpringTransitions transitions = new SpringTransitions();

    @Test
    void everyEventOfAGeneratedHistoryIsAgreedWithAndWasOpenBefore() {
        var memory = new Memory();
        new HistoryGenerator(memory, 3).generate(40);
        Map<PromotionId, List<StoredEvent>> promotions = new LinkedHashMap<>();
        memory.history()
                .forEach(recorded -> promotions
                        .computeIfAbsent(recorded.promotion(), id -> new ArrayList<>())
                        .add(stored(recorded)));
        var triggers = new HashSet<String>();

        promotions.values().forEach(history -> {
            Optional<Explanation> before = Optional.empty();
            for (int at = 0; at < history.size(); at++) {
                Explanation now = explain(history, at);
                String what = history.get(at).toString();
                assertTrue(now.event().agrees(), what);
                assertTrue(now.event().guards().stream().allMatch(Explanation.Asked::holds), what);
                assertTrue(before.stream().allMatch(earlier -> leadsTo(earlier, now)), what);
                triggers.add(now.event().trigger());
                before = Optional.of(now);
            }
        });

        assertTrue(triggers.size() > 20, triggers::toString);
    }

    /** What happened next is among what could be asked; the phases fit together. */
    private static boolean leadsTo(Explanation before, Explanation now) {
        return before.phase().equals(now.event().from())
                && before.next().stream()
                        .anyMatch(next -> next.trigger().equals(now.event().trigger())
                                && next.to().equals(now.phase()));
    }

    @Test
    void whatFollowedByItselfNamesTheEventThatItFollowedFrom() {
        List<StoredEvent> history = stored(Told.validated(Told.rules())
                .canary()
                .looked("errors", Result.PASS)
                .history());

        Explanation passed = explain(history, 6);

        assertEquals("pass-gates", passed.event().trigger());
        assertEquals(Optional.of(5L), passed.event().follows());
        assertEquals(
                List.of("every-gate-passes", "last-weight-reached", "weight-settled"),
                passed.event().guards().stream().map(Explanation.Asked::guard).toList());
        assertEquals(Optional.empty(), explain(history, 5).event().follows());
    }

    @Test
    void aMissingQuorumSaysHowManyAreWantedAndOfWhom() {
        var rules = Told.rules(List.of(), Told.approval(2, List.of("ann", "bob"), Duration.ofHours(24)), false);
        List<StoredEvent> history = stored(Told.validated(rules)
                .canary()
                .tell(new dev.railiance.promotion.PromotionCommand.PassGates())
                .approved("ann")
                .history());

        Explanation explanation = explain(history, history.size() - 1);
        Explanation.Quorum quorum = explanation.state().quorums().getFirst();

        assertEquals(List.of("ann"), quorum.approvers());
        assertEquals(1, quorum.missing());
        Explanation.Next approve = next(explanation, "approve");
        assertFalse(approve.allowed());
        assertEquals(Optional.of("APPROVAL_MISSING"), approve.code());
        Explanation.Next grant = next(explanation, "grant-approval");
        assertTrue(grant.allowed());
        assertEquals(Optional.of("by bob, signed"), grant.assuming());
    }

    @Test
    void whoHoldsTheTargetIsTold() {
        List<StoredEvent> history = stored(Told.validated(Told.rules()).history());
        var other = new PromotionId("01900000-0000-7000-8000-000000000002");

        Explanation explanation = new Explainer(transitions, CODEC, position -> Optional.of(other)).explain(history, 2);
        Explanation.Next start = next(explanation, "start-canary");

        assertEquals(Optional.of("TARGET_BUSY"), start.code());
        assertTrue(start.guards().getLast().facts().contains(new Fact("held by", other.value())));
    }

    @Test
    void anEventThatTheDeciderWouldNotRecordIsNotAgreedWith() {
        var events = new ArrayList<>(Told.validated(Told.rules())
                .canary()
                .looked("errors", Result.PASS)
                .events());
        events.remove(5);
        List<StoredEvent> history = stored(Histories.of(events));

        Explanation.Event event = explain(history, 5).event();

        assertFalse(event.agrees());
        assertEquals("every-gate-passes", event.guards().getLast().guard());
        assertFalse(event.guards().getLast().holds());
    }

    private Explanation explain(List<StoredEvent> history, int at) {
        return new Explainer(transitions, CODEC, position -> Optional.empty()).explain(history, at);
    }

    private static Explanation.Next next(Explanation explanation, String trigger) {
        return explanation.next().stream()
                .filter(next -> next.trigger().equals(trigger))
                .findFirst()
                .orElseThrow(() -> new AssertionError(explanation.phase() + " knows no " + trigger));
    }

    private static List<StoredEvent> stored(List<Recorded> history) {
        return history.stream().map(ExplainedHistoryTest::stored).toList();
    }

    private static StoredEvent stored(Recorded recorded) {
        return CODEC.encode(recorded.promotion(), recorded.sequence(), recorded.event())
                .placed(recorded.position(), Seal.NONE);
    }
}
