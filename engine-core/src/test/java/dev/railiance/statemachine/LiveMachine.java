package dev.railiance.statemachine;

import dev.railiance.promotion.Guard;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.Trigger;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.listener.StateMachineListenerAdapter;
import org.springframework.statemachine.support.DefaultExtendedState;
import org.springframework.statemachine.support.DefaultStateMachineContext;
import org.springframework.statemachine.transition.Transition;
import reactor.core.publisher.Mono;

/** The lifecycle in a Spring machine that really runs: slow, for one thread, and the witness for the fast path. */
final class LiveMachine {

    private final StateMachine<Phase, Trigger> machine = LifecycleGraph.build();
    private int taken;

    LiveMachine() {
        machine.addStateListener(new StateMachineListenerAdapter<>() {
            @Override
            public void transitionEnded(Transition<Phase, Trigger> transition) {
                if (transition.getTrigger() != null) {
                    taken++;
                }
            }
        });
    }

    /** Puts the machine into a phase, sends the trigger, and looks where it is. */
    Landing send(Phase from, Trigger trigger, Predicate<Guard> holds) {
        machine.stopReactively().block();
        var extended = new DefaultExtendedState(Map.of(Inquiry.KEY, new Inquiry(holds)));
        machine.getStateMachineAccessor()
                .doWithAllRegions(region -> region.resetStateMachineReactively(
                                new DefaultStateMachineContext<>(from, null, null, extended))
                        .block());
        machine.startReactively().block();
        int before = taken;
        machine.sendEvent(Mono.just(new GenericMessage<>(trigger))).blockLast();
        return new Landing(machine.getState().getId(), taken - before);
    }

    /** Where the machine is, and how many transitions brought it there. */
    record Landing(Phase phase, int transitions) {}
}
