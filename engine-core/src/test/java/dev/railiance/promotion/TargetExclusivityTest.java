package dev.railiance.promotion;

import static dev.railiance.promotion.Samples.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.promotion.Decision.Accepted;
import dev.railiance.promotion.PromotionCommand.OpenPromotion;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two promotions of one target side by side: the holder is whichever of them is in flight, not an assumption. */
class TargetExclusivityTest {

    private record Pair(Promotion first, Promotion second) {

        int inFlight() {
            return (first.phase().inFlight() ? 1 : 0) + (second.phase().inFlight() ? 1 : 0);
        }

        Optional<PromotionId> holder() {
            if (first.phase().inFlight()) {
                return Optional.of(first.id());
            }
            return second.phase().inFlight() ? Optional.of(second.id()) : Optional.empty();
        }
    }

    @Test
    void twoPromotionsAreNeverInFlightOnOneTarget() {
        assertEquals(1, mostInFlight(new TableTransitions()));
    }

    @Test
    void withoutTheGuardTheyWouldBe() {
        assertEquals(2, mostInFlight(new TableTransitions(Optional.of(Guard.TARGET_FREE))));
    }

    private static int mostInFlight(Transitions transitions) {
        var decider = new Decider(transitions);
        var known = new HashSet<Pair>();
        var left = new ArrayDeque<>(List.of(new Pair(Promotion.NEW, Promotion.NEW)));
        int most = 0;
        while (!left.isEmpty()) {
            Pair pair = left.remove();
            if (known.add(pair)) {
                most = Math.max(most, pair.inFlight());
                var facts = new Facts(BEFORE_EXPIRY, REQUESTER, pair.holder(), Optional.empty());
                next(decider, pair.first(), ID, facts).forEach(first -> left.add(new Pair(first, pair.second())));
                next(decider, pair.second(), OTHER, facts).forEach(second -> left.add(new Pair(pair.first(), second)));
            }
        }
        return most;
    }

    private static Set<Promotion> next(Decider decider, Promotion state, PromotionId id, Facts facts) {
        var world = new Alphabet(List.of(new OpenPromotion(id, TARGET, FIXED, CONTRACT, NO_RULES)), Set.of());
        var states = new HashSet<Promotion>();
        for (PromotionCommand command : world.commands(state)) {
            if (decider.decide(state, command, facts) instanceof Accepted accepted) {
                Promotion next = state;
                for (PromotionEvent event : accepted.events()) {
                    next = next.evolve(event);
                }
                states.add(Exploration.canonical(next));
            }
        }
        return states;
    }
}
