package dev.railiance.promotion;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Answers straight from the table, with one guard deleted where a test wants to see what that lets through. */
final class TableTransitions implements Transitions {

    private final Map<Phase, Map<Trigger, Transition>> rows = new EnumMap<>(Phase.class);

    TableTransitions() {
        this(Optional.empty());
    }

    TableTransitions(Optional<Guard> deleted) {
        for (Transition row : Lifecycle.TABLE) {
            List<Guard> left = row.guards().stream()
                    .filter(guard -> !Optional.of(guard).equals(deleted))
                    .toList();
            rows.computeIfAbsent(row.from(), phase -> new EnumMap<>(Trigger.class))
                    .put(row.trigger(), new Transition(row.from(), row.trigger(), row.to(), left));
        }
    }

    @Override
    public Firing fire(Phase from, Trigger trigger, Predicate<Guard> holds) {
        Transition row = rows.getOrDefault(from, Map.of()).get(trigger);
        if (row == null) {
            return new Firing.Illegal();
        }
        for (Guard guard : row.guards()) {
            if (!holds.test(guard)) {
                return new Firing.Blocked(guard);
            }
        }
        return new Firing.Taken(row.to());
    }
}
