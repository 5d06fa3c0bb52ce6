package dev.railiance.promotion;

import static dev.railiance.promotion.Samples.OTHER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.railiance.promotion.Decision.Accepted;
import dev.railiance.promotion.Decision.Refused;
import dev.railiance.promotion.PromotionCommand.AbortPromotion;
import dev.railiance.promotion.PromotionCommand.CompleteRollback;
import dev.railiance.promotion.PromotionCommand.StartRollback;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The promises of the lifecycle, checked in every state that bounded worlds can reach. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvariantsTest {

    private static final Transitions COMPLETE = new TableTransitions();

    private final List<Exploration> explored = Alphabet.worlds().stream()
            .map(world -> new Exploration(COMPLETE, world))
            .toList();

    @BeforeAll
    void everyAcceptedStepKeepsEveryInvariant() {
        explored.forEach(exploration -> exploration.exhaust(step -> {
            if (step.decision() instanceof Accepted accepted) {
                Invariant.brokenBy(step.before().past(), accepted.events(), step.facts())
                        .ifPresent(broken -> fail(broken + ": " + step));
            }
            return false;
        }));
    }

    @Test
    void everyHistoryFoldsToTheStateThatItWasDecidedIn() {
        forEveryState(node -> assertEquals(node.state(), Exploration.canonical(Promotion.of(node.past()))));
    }

    @Test
    void everyPhaseIsReached() {
        var reached = EnumSet.noneOf(Phase.class);
        forEveryState(node -> reached.add(node.state().phase()));
        assertEquals(EnumSet.allOf(Phase.class), reached);
    }

    @Test
    void abortOrRollbackEndsEveryUnsettledStateWhateverStandsInTheWay() {
        var decider = new Decider(COMPLETE);
        var hostile = new Facts(Samples.AFTER_EXPIRY, Samples.STRANGER, Optional.of(OTHER), Optional.of("holidays"));
        forEveryState(node -> {
            Promotion state = node.state();
            if (state.phase() == Phase.NEW
                    || state.phase() == Phase.PROMOTED
                    || state.phase().end()) {
                return;
            }
            if (!state.phase().deployed()) {
                assertTrue(after(decider, state, new AbortPromotion("enough"), hostile)
                        .phase()
                        .end());
                return;
            }
            Promotion rolling = after(decider, state, new StartRollback(Samples.attempt(7), false, "enough"), hostile);
            Promotion done = after(decider, rolling, new CompleteRollback(Samples.attemptId(7)), hostile);
            assertEquals(Phase.ROLLED_BACK, done.phase());
        });
    }

    private static Promotion after(Decider decider, Promotion state, PromotionCommand command, Facts facts) {
        var accepted = assertInstanceOf(Accepted.class, decider.decide(state, command, facts));
        Promotion next = state;
        for (PromotionEvent event : accepted.events()) {
            next = next.evolve(event);
        }
        return next;
    }

    @Test
    void everyReachableStateCanStillReachAnEnd() {
        explored.forEach(exploration -> assertEquals(List.of(), exploration.statesWithoutEnd()));
    }

    @Test
    void endIsAbsorbing() {
        forEveryState(node -> {
            Promotion state = node.state();
            if (!state.phase().end()) {
                return;
            }
            for (PromotionCommand command : Alphabet.worlds().getFirst().commands(state)) {
                switch (new Decider(COMPLETE).decide(state, command, Samples.calm())) {
                    case Accepted accepted -> fail("an end was left: " + command);
                    case Refused refused ->
                        assertEquals(
                                Refusal.Code.PROMOTION_ENDED, refused.refusal().code());
                    case Decision.Unchanged unchanged ->
                        assertTrue(
                                command.attempt().isPresent() || command instanceof PromotionCommand.GrantApproval,
                                command::toString);
                }
            }
        });
    }

    private void forEveryState(Consumer<Exploration.Node> check) {
        explored.forEach(exploration -> exploration.nodes().forEach(check));
    }
}
