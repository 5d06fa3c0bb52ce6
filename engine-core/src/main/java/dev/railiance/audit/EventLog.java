package dev.railiance.audit;

import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.PromotionId;
import java.util.List;
import java.util.Optional;
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

    /** Where the log says that it ends, if it keeps that apart from its events; asked before it is read. */
    default Optional<Head> head() {
        return Optional.empty();
    }

    /** The content of a document that is kept beside the events. */
    default Optional<String> kept(String digest) {
        return Optional.empty();
    }

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

            @Override
            public Optional<Head> head() {
                return Optional.of(session.head());
            }

            @Override
            public Optional<String> kept(String digest) {
                return session.kept(digest);
            }
        };
    }
}
