package dev.railiance.replay;

import dev.railiance.promotion.Decider;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Facts;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionId;
import dev.railiance.statemachine.SpringTransitions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decides commands and keeps the events in memory, in the order of a ledger. */
final class Memory implements HistoryGenerator.Book {

    private final Decider decider = new Decider(new SpringTransitions());
    private final Map<PromotionId, Promotion> states = new HashMap<>();
    private final Map<PromotionId, Long> sequences = new HashMap<>();
    private final List<Recorded> history = new ArrayList<>();

    @Override
    public Decision tell(PromotionId promotion, PromotionCommand command, Facts facts) {
        Promotion state = states.getOrDefault(promotion, Promotion.NEW);
        Decision decision = decider.decide(state, command, facts);
        if (decision instanceof Decision.Accepted accepted) {
            for (PromotionEvent event : accepted.events()) {
                state = state.evolve(event);
                long sequence = sequences.merge(promotion, 0L, (last, zero) -> last + 1);
                history.add(new Recorded(history.size() + 1L, promotion, sequence, event));
            }
            states.put(promotion, state);
        }
        return decision;
    }

    List<Recorded> history() {
        return history;
    }
}
