package dev.railiance.statemachine;

import dev.railiance.promotion.Guard;
import dev.railiance.promotion.Lifecycle;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.Transition;
import dev.railiance.promotion.Trigger;
import java.util.EnumSet;
import java.util.List;
import org.springframework.statemachine.StateContext;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.config.StateMachineBuilder;

/** Builds Spring's graph of phases and transitions from the lifecycle table. */
final class LifecycleGraph {

    private LifecycleGraph() {}

    /** A new machine, not started. It belongs to one thread; its transitions and guards may be asked by any. */
    // Spring's builder declares Exception on every step; none is a condition that anybody could handle.
    static StateMachine<Phase, Trigger> build() {
        try {
            var builder = StateMachineBuilder.<Phase, Trigger>builder();
            builder.configureConfiguration().withConfiguration().autoStartup(false);
            // The ends are not declared as ends: a machine that was reset into one stops without a word.
            builder.configureStates().withStates().initial(Phase.NEW).states(EnumSet.allOf(Phase.class));
            for (Transition row : Lifecycle.TABLE) {
                var transition = builder.configureTransitions()
                        .withExternal()
                        .source(row.from())
                        .target(row.to())
                        .event(row.trigger());
                if (!row.guards().isEmpty()) {
                    transition.guard(new AllHold(row.guards()));
                }
            }
            return builder.build();
        } catch (Exception e) {
            throw new IllegalStateException("the lifecycle table does not make a state machine", e);
        }
    }

    /** The guards of one row, asked in the row's order of the {@link Inquiry} in the extended state. */
    private record AllHold(List<Guard> guards) implements org.springframework.statemachine.guard.Guard<Phase, Trigger> {
        @Override
        public boolean evaluate(StateContext<Phase, Trigger> context) {
            var inquiry = context.getExtendedState().get(Inquiry.KEY, Inquiry.class);
            return guards.stream().allMatch(inquiry::holds);
        }
    }
}
