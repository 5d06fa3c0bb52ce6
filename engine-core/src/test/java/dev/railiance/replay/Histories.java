package dev.railiance.replay;

import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.promotion.PromotionId;
import dev.railiance.statemachine.SpringTransitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Histories as a ledger would hand them out, and what comes of deciding them again. */
final class Histories {

    private static final SpringTransitions TRANSITIONS = new SpringTransitions();

    private Histories() {}

    /** The history of one promotion in a ledger of its own. */
    static List<Recorded> of(List<PromotionEvent> events) {
        PromotionId id = ((PromotionOpened) events.getFirst()).id();
        var recorded = new ArrayList<Recorded>();
        for (PromotionEvent event : events) {
            recorded.add(new Recorded(recorded.size() + 1L, id, recorded.size(), event));
        }
        return recorded;
    }

    static ReplayReport replay(List<Recorded> history) {
        return replay(history, Optional.empty());
    }

    static ReplayReport replay(List<Recorded> history, Optional<Policy> policy) {
        return replay(history, Optional.empty(), policy);
    }

    static ReplayReport replay(List<Recorded> history, Optional<PromotionId> only, Optional<Policy> policy) {
        var redecision = new Redecision(TRANSITIONS, only, policy);
        history.forEach(redecision::read);
        return redecision.report(Head.EMPTY);
    }
}
