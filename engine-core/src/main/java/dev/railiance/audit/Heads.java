package dev.railiance.audit;

import dev.railiance.ledger.Hash;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.PromotionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last event of each promotion before the place that verification has reached. Those used last lie in memory, a bounded
 * number of them; the others are read back from the log, where they were verified when they passed.
 */
final class Heads {

    private final EventLog log;
    private final int capacity;
    private final Map<PromotionId, Head> recent = new LinkedHashMap<>(16, 0.75f, true);
    private boolean forgotten;

    /** A promotion's next sequence and the hash of the event before it. */
    record Head(long nextSequence, Hash event) {

        static final Head NONE = new Head(0, Hash.ZERO);
    }

    Heads(EventLog log, int capacity) {
        this.log = log;
        this.capacity = capacity;
    }

    /** The head of the event's promotion among the events before {@code position}. */
    Head before(StoredEvent event, long position) {
        Head known = recent.get(event.promotion());
        if (known != null) {
            return known;
        }
        // Nothing was ever dropped: what is not here has not been seen.
        return forgotten ? readBack(event.promotion(), position) : Head.NONE;
    }

    private Head readBack(PromotionId promotion, long position) {
        List<StoredEvent> passed = log.read(promotion, 0).stream()
                .filter(event -> event.position() < position)
                .toList();
        if (passed.isEmpty()) {
            return Head.NONE;
        }
        StoredEvent last = passed.getLast();
        return new Head(last.sequence() + 1, last.seal().event());
    }

    /** Takes note of an event that was found right. */
    void passed(StoredEvent event) {
        recent.put(
                event.promotion(), new Head(event.sequence() + 1, event.seal().event()));
        if (recent.size() > capacity) {
            recent.remove(recent.keySet().iterator().next());
            forgotten = true;
        }
    }
}
