package dev.railiance.promotion;

import dev.railiance.promotion.Decision.Accepted;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random walks through the lifecycle, for tests of other packages. */
public final class Walks {

    private Walks() {}

    /** What random walks leave in a ledger; never empty. */
    public static Arbitrary<List<PromotionEvent>> histories() {
        var walking = new RandomWalkTest();
        return Combinators.combine(walking.worlds(), walking.walks())
                .as(Walks::history)
                .filter(history -> !history.isEmpty());
    }

    private static List<PromotionEvent> history(Alphabet world, List<RandomWalkTest.Turn> walk) {
        var decider = new Decider(new TableTransitions());
        Promotion state = Promotion.NEW;
        var history = new ArrayList<PromotionEvent>();
        for (RandomWalkTest.Turn turn : walk) {
            PromotionCommand command = turn.commandIn(state, world, decider);
            if (decider.decide(state, command, turn.factsFor(command)) instanceof Accepted accepted) {
                for (PromotionEvent event : accepted.events()) {
                    state = state.evolve(event);
                    history.add(event);
                }
            }
        }
        return history;
    }
}
