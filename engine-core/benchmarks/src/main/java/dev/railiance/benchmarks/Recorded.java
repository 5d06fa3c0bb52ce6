package dev.railiance.benchmarks;

import dev.railiance.ledger.Entry;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Fence;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.StatusRow;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.projection.PromotionStatus;
import dev.railiance.promotion.Decider;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Facts;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.statemachine.SpringTransitions;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows that a command leads to, made without a store: what bare JDBC writes.
 *
 * @param events sealed, in a ledger of their own
 * @param status after them
 */
record Recorded(List<StoredEvent> events, StatusRow status) {

    /** The same for the ledger itself, which seals them in its own way. */
    Entry entry() {
        List<KeptDocument> documents =
                events.getFirst().sequence() == 0 ? List.of(KeptDocument.of(Life.CONTRACT)) : List.of();
        return new Entry(events, status, Fence.NONE, documents);
    }

    /** Makes the rows of whole lives. */
    static final class Maker {
        private final Decider decider = new Decider(new SpringTransitions());
        private final EventCodec codec = new EventCodec();
        private Hash ledger = Hash.ZERO;
        private long position;

        /** One for each command of a life. */
        List<Recorded> life(Life life) {
            List<PromotionCommand> commands = new ArrayList<>();
            commands.add(life.opening());
            commands.addAll(life.commands());
            List<Recorded> rows = new ArrayList<>(commands.size());
            Promotion promotion = Promotion.NEW;
            Hash previous = Hash.ZERO;
            long sequence = 0;
            for (PromotionCommand command : commands) {
                List<StoredEvent> events = new ArrayList<>();
                for (PromotionEvent event : accepted(promotion, command)) {
                    promotion = promotion.evolve(event);
                    StoredEvent sealed =
                            EventSeal.seal(codec.encode(life.id(), sequence, event), previous, ledger, position + 1);
                    previous = sealed.seal().event();
                    ledger = sealed.seal().ledger();
                    position++;
                    sequence++;
                    events.add(sealed);
                }
                rows.add(new Recorded(events, PromotionStatus.row(promotion, sequence - 1, Life.NOW)));
            }
            return rows;
        }

        private List<PromotionEvent> accepted(Promotion promotion, PromotionCommand command) {
            if (decider.decide(promotion, command, Facts.at(Life.NOW, Life.ACTOR))
                    instanceof Decision.Accepted accepted) {
                return accepted.events();
            }
            throw new IllegalStateException("not accepted: " + command);
        }
    }
}
