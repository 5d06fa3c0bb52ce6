package dev.railiance.audit;

import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionId;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where promotions stand while their log passes: those used last in memory, the others folded anew when they come up. */
final class Folds {

    private final EventLog log;
    private final EventCodec codec;
    private final int capacity;
    private final Map<PromotionId, Promotion> recent = new LinkedHashMap<>(16, 0.75f, true);

    Folds(EventLog log, EventCodec codec, int capacity) {
        this.log = log;
        this.codec = codec;
        this.capacity = capacity;
    }

    /**
     * Takes the next event of a promotion.
     *
     * @return the promotion after it
     * @throws RuntimeException as {@link PromotionChain#after} does
     */
    Promotion next(StoredEvent stored) {
        Promotion before = stored.sequence() == 0 ? Promotion.NEW : recent.get(stored.promotion());
        Promotion after = PromotionChain.after(before == null ? folded(stored) : before, stored, codec);
        if (after.phase().end()) {
            recent.remove(stored.promotion());
            return after;
        }
        recent.put(stored.promotion(), after);
        if (recent.size() > capacity) {
            recent.remove(recent.keySet().iterator().next());
        }
        return after;
    }

    /** What was stored. */
    PromotionEvent decoded(StoredEvent stored) {
        return codec.decode(stored);
    }

    private Promotion folded(StoredEvent next) {
        return Promotion.of(log.read(next.promotion(), 0).stream()
                .filter(event -> event.sequence() < next.sequence())
                .map(codec::decode)
                .toList());
    }
}
