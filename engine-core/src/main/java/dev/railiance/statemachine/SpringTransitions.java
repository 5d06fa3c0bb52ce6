package dev.railiance.statemachine;

import dev.railiance.promotion.Guard;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.Transitions;
import dev.railiance.promotion.Trigger;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.statemachine.StateContext.Stage;
import org.springframework.statemachine.support.DefaultExtendedState;
import org.springframework.statemachine.support.DefaultStateContext;
import org.springframework.statemachine.transition.Transition;

/**
 * Answers from a Spring Statemachine graph of the lifecycle. The machine is built when the first question comes, once
 * per instance, and never run: a live one must not be shared between threads, costs a reset per question and does not
 * say why a guard refused. Its own transitions, with their guards, are asked instead, from any number of threads.
 */
public final class SpringTransitions implements Transitions {

    private volatile @Nullable Map<Phase, Map<Trigger, Transition<Phase, Trigger>>> table;

    @Override
    public Firing fire(Phase from, Trigger trigger, Predicate<Guard> holds) {
        Transition<Phase, Trigger> transition =
                table().getOrDefault(from, Map.of()).get(trigger);
        if (transition == null) {
            return new Firing.Illegal();
        }
        var inquiry = new Inquiry(holds);
        // The guard is asked directly: asked through the transition, one that throws would count as one that says no.
        var guard = transition.getGuard();
        boolean open = guard == null
                || Boolean.TRUE.equals(guard.apply(context(transition, inquiry)).block());
        return open
                ? new Firing.Taken(transition.getTarget().getId())
                : new Firing.Blocked(inquiry.blocker().orElseThrow());
    }

    private static DefaultStateContext<Phase, Trigger> context(Transition<Phase, Trigger> transition, Inquiry inquiry) {
        return new DefaultStateContext<>(
                Stage.TRANSITION,
                null,
                null,
                new DefaultExtendedState(Map.of(Inquiry.KEY, inquiry)),
                transition,
                null,
                transition.getSource(),
                transition.getTarget(),
                null);
    }

    private Map<Phase, Map<Trigger, Transition<Phase, Trigger>>> table() {
        var known = table;
        if (known == null) {
            synchronized (this) {
                known = table;
                if (known == null) {
                    known = transitions();
                    table = known;
                }
            }
        }
        return known;
    }

    private static Map<Phase, Map<Trigger, Transition<Phase, Trigger>>> transitions() {
        var table = new EnumMap<Phase, Map<Trigger, Transition<Phase, Trigger>>>(Phase.class);
        for (Transition<Phase, Trigger> transition : LifecycleGraph.build().getTransitions()) {
            table.computeIfAbsent(transition.getSource().getId(), phase -> new EnumMap<>(Trigger.class))
                    .put(transition.getTrigger().getEvent(), transition);
        }
        return table;
    }
}
