package dev.railiance.promotion;

import java.util.function.Predicate;

/**
 * The judge of legality: what refuses an illegal transition at run time. A port, so that the domain stays free of the
 * library that answers; the answer must agree with {@link Lifecycle#TABLE} for every phase, trigger and guard.
 */
@FunctionalInterface
public interface Transitions {

    /**
     * Whether a trigger may fire.
     *
     * @param holds tells whether a guard holds now
     */
    Firing fire(Phase from, Trigger trigger, Predicate<Guard> holds);

    /** The answer. */
    sealed interface Firing {

        /** It may, and leads to this phase. */
        record Taken(Phase to) implements Firing {}

        /** The trigger is legal here, but this guard does not hold: the first of the row's guards that does not. */
        record Blocked(Guard guard) implements Firing {}

        /** The trigger is not legal in this phase. */
        record Illegal() implements Firing {}
    }
}
