package dev.railiance.ledger;

import java.util.List;

/**
 * What is appended to the ledger at once, wholly or not at all.
 *
 * @param events of one promotion, in order; their sequences follow each other without a gap
 * @param status the promotion after the last of them
 * @param fence of the lease that the work was done under
 * @param documents that the events refer to; one that is kept already is not kept twice
 * @param unread whether the events follow from what this process remembers of the promotion, without a look at the ledger: they
 *     are refused unless the store can tell that the promotion still ends as it did ({@link Ledger#remembers})
 */
public record Entry(
        List<StoredEvent> events, StatusRow status, Fence fence, List<KeptDocument> documents, boolean unread) {

    /**
     * An entry.
     *
     * @throws IllegalArgumentException if these are not consecutive events of one promotion with the status after them
     */
    public Entry {
        events = List.copyOf(events);
        documents = List.copyOf(documents);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("nothing to append");
        }
        long expected = events.getFirst().sequence();
        for (StoredEvent event : events) {
            if (!event.promotion().equals(status.promotion()) || event.sequence() != expected || expected < 0) {
                throw new IllegalArgumentException("these are not events of one promotion, one after the other");
            }
            expected++;
        }
        if (status.sequence() != expected - 1) {
            throw new IllegalArgumentException("the status is not the one after the last event");
        }
    }

    /** An entry whose events follow from what was read. */
    public Entry(List<StoredEvent> events, StatusRow status, Fence fence, List<KeptDocument> documents) {
        this(events, status, fence, documents, false);
    }

    /** An entry that claims no lease and brings no documents. */
    public static Entry of(List<StoredEvent> events, StatusRow status) {
        return new Entry(events, status, Fence.NONE, List.of());
    }
}
