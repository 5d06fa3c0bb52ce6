package dev.railiance.axon;

import dev.railiance.ledger.LatestUsed;
import dev.railiance.promotion.PromotionId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The promotions that were changed last. What is known here is never relied upon alone: the ledger is asked for what has come
 * since, each time.
 */
final class KnownPromotions {

    /** A promotion's state takes some kilobytes. */
    private static final int MOST = 500;

    private final Map<PromotionId, KnownPromotion> known = new LatestUsed<>(MOST);

    synchronized @Nullable KnownPromotion of(PromotionId promotion) {
        return known.get(promotion);
    }

    synchronized void put(PromotionId promotion, KnownPromotion now) {
        known.put(promotion, now);
    }

    synchronized void forget(PromotionId promotion) {
        known.remove(promotion);
    }
}
