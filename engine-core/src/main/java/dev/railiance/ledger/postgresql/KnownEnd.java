package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.Entry;
import dev.railiance.ledger.Fence;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.PromotionId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where this process has left the ledger and the promotions that it has changed last. A guess: others append as well, so the
 * server checks each of these hashes in the statement that writes what is sealed to them. Used by who has the turn to append.
 */
final class KnownEnd {

    /** More events are imported, not recorded as they happen. */
    private static final int MOST_EVENTS = 8;

    private static final int MOST_PROMOTIONS = 2_000;

    /** As long as others append as well, guessing costs more than asking: so many times nobody must have come between. */
    private static final int CALM = 4;

    /**
     * The end of the ledger.
     *
     * @param head the position and hash of the last event
     * @param writer the transaction that has written so
     */
    record Place(Head head, String writer) {}

    /**
     * What an entry is sealed to.
     *
     * @param end of the ledger
     * @param predecessor hash of the event before the first one of the entry, null if that is the first of its promotion
     */
    record Ends(Place end, @Nullable Hash predecessor) {}

    private record Last(long sequence, Hash hash) {}

    private @Nullable Place end;
    private int unrest;
    private final Map<PromotionId, Last> last = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<PromotionId, Last> eldest) {
            return size() > MOST_PROMOTIONS;
        }
    };

    /** What an entry is probably to be sealed to; null if the server has to be asked. */
    @Nullable
    Ends guess(Entry entry) {
        // A lease has to be kept from others before the end of the ledger is: that takes a message of its own.
        if (end == null
                || unrest > 0
                || !entry.fence().equals(Fence.NONE)
                || entry.events().size() > MOST_EVENTS) {
            return null;
        }
        StoredEvent first = entry.events().getFirst();
        if (first.sequence() == 0) {
            return new Ends(end, null);
        }
        Last before = last.get(first.promotion());
        return before == null || before.sequence() != first.sequence() - 1 ? null : new Ends(end, before.hash());
    }

    /** The guess was wrong. */
    void wasWrong() {
        end = null;
        unrest = CALM;
    }

    /** The server says where the ledger ends. */
    void found(Place place) {
        if (end == null) {
            return;
        }
        unrest = end.equals(place) ? Math.max(0, unrest - 1) : CALM;
    }

    /** An entry has been appended, the last one of its events being this. */
    void left(Place place, StoredEvent event) {
        end = place;
        last.put(event.promotion(), new Last(event.sequence(), event.seal().event()));
    }

    /** Something went wrong, so it is not known what the server has done. */
    void forget() {
        end = null;
        last.clear();
    }
}
