package dev.railiance.statemachine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.promotion.Guard;
import dev.railiance.promotion.Lifecycle;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.Transition;
import dev.railiance.promotion.Transitions.Firing;
import dev.railiance.promotion.Trigger;
import dev.railiance.statemachine.LiveMachine.Landing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class SpringTransitionsTest {

    private final SpringTransitions transitions = new SpringTransitions();

    @Test
    void liveMachineItsTransitionsAndTheTableAgreeForEveryPhaseTriggerAndFailingGuard() {
        var live = new LiveMachine();
        for (Phase phase : Phase.values()) {
            for (Trigger trigger : Trigger.values()) {
                agree(live, phase, trigger, guard -> true);
                agree(live, phase, trigger, guard -> false);
                // Without a row there is nothing that could ask a guard; none failing and all failing shows it.
                if (Lifecycle.find(phase, trigger).isPresent()) {
                    for (Guard failing : Guard.values()) {
                        agree(live, phase, trigger, guard -> guard != failing);
                    }
                }
            }
        }
    }

    private void agree(LiveMachine live, Phase phase, Trigger trigger, Predicate<Guard> holds) {
        Firing expected = fromTable(phase, trigger, holds);
        assertEquals(expected, transitions.fire(phase, trigger, holds));
        Landing landing = expected instanceof Firing.Taken taken ? new Landing(taken.to(), 1) : new Landing(phase, 0);
        assertEquals(landing, live.send(phase, trigger, holds), () -> phase + " " + trigger);
    }

    private static Firing fromTable(Phase phase, Trigger trigger, Predicate<Guard> holds) {
        var row = Lifecycle.find(phase, trigger);
        if (row.isEmpty()) {
            return new Firing.Illegal();
        }
        return row.get().guards().stream()
                .filter(holds.negate())
                .findFirst()
                .<Firing>map(Firing.Blocked::new)
                .orElseGet(() -> new Firing.Taken(row.get().to()));
    }

    @Test
    void theGraphHasExactlyTheRowsOfTheTable() {
        assertEquals(
                Lifecycle.TABLE.size(), LifecycleGraph.build().getTransitions().size());
        assertEquals(
                Lifecycle.TABLE.size(),
                Lifecycle.TABLE.stream()
                        .map(row -> row.from() + " " + row.trigger())
                        .distinct()
                        .count());
    }

    @Test
    void firstGuardThatDoesNotHoldIsNamed() {
        for (Transition row : Lifecycle.TABLE) {
            if (!row.guards().isEmpty()) {
                assertEquals(
                        new Firing.Blocked(row.guards().getFirst()),
                        transitions.fire(row.from(), row.trigger(), guard -> false));
            }
        }
    }

    @Test
    void guardThatThrowsIsABugAndIsNotTakenForARefusal() {
        var bug = new IllegalStateException("a bug");
        assertSame(
                bug,
                assertThrows(
                        IllegalStateException.class,
                        () -> transitions.fire(Phase.VALIDATED, Trigger.START_CANARY, guard -> {
                            throw bug;
                        })));
    }

    @Test
    void manyThreadsAskingOneInstanceGetTheirOwnAnswers() throws Exception {
        try (var pool = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (Guard failing : Guard.values()) {
                work.add(() -> everyAnswerIsRight(failing));
            }
            for (var answer : pool.invokeAll(work)) {
                assertTrue(answer.get());
            }
        }
    }

    private boolean everyAnswerIsRight(Guard failing) {
        for (int round = 0; round < 100; round++) {
            for (Transition row : Lifecycle.TABLE) {
                Predicate<Guard> holds = guard -> guard != failing;
                if (!fromTable(row.from(), row.trigger(), holds)
                        .equals(transitions.fire(row.from(), row.trigger(), holds))) {
                    return false;
                }
            }
        }
        return true;
    }

    @Test
    void rejectedGuardLeavesThePhaseAsItIs() {
        assertInstanceOf(Firing.Blocked.class, transitions.fire(Phase.APPROVED, Trigger.START_PROMOTE, guard -> false));
    }
}
