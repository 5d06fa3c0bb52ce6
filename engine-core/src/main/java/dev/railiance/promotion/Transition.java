package dev.railiance.promotion;

import java.util.List;

/**
 * One row of the lifecycle table.
 *
 * @param from the phase in which the trigger is legal
 * @param trigger what is asked or reported
 * @param to the phase that follows
 * @param guards all of which must hold
 */
public record Transition(Phase from, Trigger trigger, Phase to, List<Guard> guards) {

    public Transition {
        guards = List.copyOf(guards);
    }

    /** The command line that leads to it, without {@code railiance}: what is in production is rolled back, not aborted. */
    public String verb() {
        return from == Phase.PROMOTED && trigger == Trigger.START_ROLLBACK ? "rollback --apply" : trigger.verb();
    }
}
