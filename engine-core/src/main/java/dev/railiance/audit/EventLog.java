package dev.railiance.audit;

import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.PromotionId;
import java.util.List;
import java.util.function.Consumer;

/** The events that are verified, wherever they lie. */
public interface EventLog {

    /** A log without events. */
    EventLog EMPTY = new EventLog() {
        @Override
        public void scan(Consumer<StoredEvent> reader) {
            // Nothing was ever written.
        }

        @Override
        public List<StoredEvent> read(PromotionId promotion, long fromSequence) {
            return List.of();
        }
    };

    /** Hands over every event, in the order of their positions, whatever these are. */
    void scan(Consumer<StoredEvent> reader);

    /** The events of a promotion from a sequence on, in the order of their sequences. */
    List<StoredEvent> read(PromotionId promotion, long fromSequence);

    /** The events of an open ledger. */
    static EventLog of(LedgerSession session) {
        return new EventLog() {
            @Override
            public void scan(Consumer<StoredEvent> reader) {
                // Not from 0: an event that was hidden below the first position is an inserted one.
                session.scan(Long.MIN_VALUE, reader);
            }

            @Override
            public List<StoredEvent> read(PromotionId promotion, long fromSequence) {
                return session.read(promotion, fromSequence);
            }
        };
    }
}
