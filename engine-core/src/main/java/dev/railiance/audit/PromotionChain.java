package dev.railiance.audit;

import dev.railiance.audit.Tampering.Kind;
import dev.railiance.audit.Verifier.Finding;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.ImpossibleHistory;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The events of one promotion as a chain of their own, without the ledger around them. */
final class PromotionChain {

    private PromotionChain() {}

    /** Verifies a whole promotion, from its first event on. */
    static Finding verify(List<StoredEvent> events, EventCodec codec) {
        Hash previous = Hash.ZERO;
        Promotion promotion = Promotion.NEW;
        long right = 0;
        for (StoredEvent event : events) {
            Optional<Tampering> fault = link(event, right, previous);
            if (fault.isEmpty()) {
                try {
                    promotion = after(promotion, event, codec);
                } catch (ImpossibleHistory | LedgerException e) {
                    requireReadable(e);
                    fault = Optional.of(Tampering.of(
                            Kind.IMPOSSIBLE, event.position(), event, "Railiance writes no such event at this point"));
                }
            }
            if (fault.isPresent()) {
                return new Finding(right, 1, Hash.ZERO, previous, fault);
            }
            previous = event.seal().event();
            right++;
        }
        return new Finding(right, right > 0 ? 1 : 0, Hash.ZERO, previous, Optional.empty());
    }

    private static Optional<Tampering> link(StoredEvent event, long sequence, Hash previous) {
        if (event.sequence() != sequence) {
            return Optional.of(new Tampering(
                    event.sequence() > sequence ? Kind.MISSING : Kind.INSERTED,
                    event.position(),
                    Optional.of(event.promotion()),
                    OptionalLong.of(sequence),
                    "event " + event.sequence() + " of the promotion stands in its place"));
        }
        return EventSeal.event(event, previous).equals(event.seal().event())
                ? Optional.empty()
                : Optional.of(Tampering.of(
                        Kind.CHANGED, event.position(), event, "its hash is not that of its content and predecessor"));
    }

    /**
     * A promotion after one more event, which must be as Railiance writes them.
     *
     * @throws ImpossibleHistory if the lifecycle has no such event there
     * @throws LedgerException if its payload is not of its type, or not canonical
     */
    static Promotion after(Promotion before, StoredEvent stored, EventCodec codec) {
        // Decoding comes first: it bounds how deep a payload is nested, which the canonical form does not.
        PromotionEvent event = codec.decode(stored);
        boolean own = !(event instanceof PromotionOpened opened) || opened.id().equals(stored.promotion());
        if (!own || !EventCodec.canonical(stored.payload()).equals(stored.payload())) {
            throw new LedgerException(LedgerException.Kind.DAMAGED, "an event is not as it would be written");
        }
        return before.evolve(event);
    }

    /** Lets a future version through: of that, nothing can be said. */
    static void requireReadable(RuntimeException exception) {
        if (exception instanceof LedgerException ledger && ledger.kind() != LedgerException.Kind.DAMAGED) {
            throw ledger;
        }
    }
}
