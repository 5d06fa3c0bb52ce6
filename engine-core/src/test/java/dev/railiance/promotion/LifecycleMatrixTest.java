package dev.railiance.promotion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.railiance.promotion.Decision.Accepted;
import dev.railiance.promotion.Decision.Refused;
import dev.railiance.promotion.Decision.Unchanged;
import dev.railiance.promotion.Exploration.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every phase with every trigger, in every state that bounded worlds can reach: the decider answers as the table says. */
class LifecycleMatrixTest {

    private record Cell(Phase phase, Trigger trigger) {}

    private record Condition(Phase phase, Trigger trigger, Guard guard) {}

    private final Set<Cell> accepted = new HashSet<>();
    private final Set<Cell> refused = new HashSet<>();
    private final Set<Condition> blocked = new HashSet<>();

    @Test
    void commandIsAcceptedExactlyWhereTheTableHasItsRowAndEachGuardAloneRefusesWithItsCode() {
        for (Alphabet world : Alphabet.worlds()) {
            new Exploration(new TableTransitions(), world).exhaust(step -> {
                judge(step);
                return false;
            });
        }
        var legal = new HashSet<Cell>();
        var conditions = new HashSet<Condition>();
        for (Transition row : Lifecycle.TABLE) {
            legal.add(new Cell(row.from(), row.trigger()));
            row.guards().forEach(guard -> conditions.add(new Condition(row.from(), row.trigger(), guard)));
        }
        var illegal = new HashSet<Cell>();
        for (Phase phase : Phase.values()) {
            for (Trigger trigger : Trigger.values()) {
                illegal.add(new Cell(phase, trigger));
            }
        }
        illegal.removeAll(legal);
        assertEquals(sorted(legal), sorted(accepted));
        assertEquals(sorted(illegal), sorted(refused));
        assertEquals(sorted(conditions), sorted(blocked));
    }

    private void judge(Step step) {
        Promotion state = step.before().state();
        Phase phase = state.phase();
        Trigger trigger = step.command().trigger();
        Optional<Transition> row = Lifecycle.find(phase, trigger);
        if (step.decision() instanceof Unchanged) {
            return;
        }
        if (row.isEmpty()) {
            var code = phase.end() ? Refusal.Code.PROMOTION_ENDED : Refusal.Code.ILLEGAL_TRANSITION;
            assertEquals(
                    code,
                    assertInstanceOf(Refused.class, step.decision()).refusal().code());
            refused.add(new Cell(phase, trigger));
            return;
        }
        var context = new Guard.Context(state, step.command(), step.facts());
        List<Guard> failing = row.get().guards().stream()
                .filter(guard -> !guard.holds(context))
                .toList();
        if (failing.isEmpty()) {
            var first =
                    assertInstanceOf(Accepted.class, step.decision()).events().getFirst();
            assertEquals(trigger.event(), first.type());
            assertEquals(row.get().to(), state.evolve(first).phase());
            accepted.add(new Cell(phase, trigger));
        } else {
            assertEquals(
                    failing.getFirst().refusal(),
                    assertInstanceOf(Refused.class, step.decision()).refusal());
            if (failing.size() == 1) {
                blocked.add(new Condition(phase, trigger, failing.getFirst()));
            }
        }
    }

    private static List<String> sorted(Set<?> set) {
        return set.stream().map(Object::toString).sorted().toList();
    }
}
