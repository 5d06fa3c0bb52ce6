package dev.railiance.stage2;

import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionId;
import java.util.List;
import java.util.Optional;

/**
 * What the ledger knows of an artifact under a contract on a target.
 *
 * @param history of its promotion; empty where there is none
 * @param holder the promotion in flight on the target
 * @param base the promotion in production there
 */
public record Known(List<PromotionEvent> history, Optional<PromotionId> holder, Optional<PromotionId> base) {

    public Known {
        history = List.copyOf(history);
    }

    /** The promotion, where there is one. */
    public Optional<Promotion> promotion() {
        return history.isEmpty() ? Optional.empty() : Optional.of(Promotion.of(history));
    }

    /** The last event of a kind. */
    public <E extends PromotionEvent> Optional<E> last(Class<E> kind) {
        return history.reversed().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }
}
