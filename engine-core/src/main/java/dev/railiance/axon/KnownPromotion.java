package dev.railiance.axon;

import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.Promotion;

/**
 * A promotion as it was after an event, so that the events up to there need not be read again.
 *
 * @param state the fold of the events
 * @param last of them, as it was handed to the ledger
 */
record KnownPromotion(Promotion state, StoredEvent last) {

    /** Whether the ledger's event is that one: otherwise the ledger is another one than it was. */
    boolean isAfter(StoredEvent stored) {
        return stored.sequence() == last.sequence()
                && stored.type().equals(last.type())
                && stored.at().equals(last.at())
                && stored.payload().equals(last.payload());
    }
}
