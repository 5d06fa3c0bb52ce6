package dev.railiance.audit;

import dev.railiance.audit.Tampering.Kind;
import dev.railiance.audit.Verifier.Finding;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.StatusRow;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.ImpossibleHistory;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

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
        if (!own || !event.at().equals(stored.at()) || !asWritten(stored, event, codec)) {
            throw new LedgerException(LedgerException.Kind.DAMAGED, "an event is not as it would be written");
        }
        return before.evolve(event);
    }

    /** To the byte where today's version would write it; of an older one, that it is canonical. */
    private static boolean asWritten(StoredEvent stored, PromotionEvent event, EventCodec codec) {
        StoredEvent again = codec.encode(stored.promotion(), stored.sequence(), event);
        return again.version() == stored.version()
                ? again.payload().equals(stored.payload())
                : EventCodec.canonical(stored.payload()).equals(stored.payload());
    }

    /** A finding where fewer or more events are there than the promotion's status row has in it. */
    static Finding complete(Finding finding, StatusRow row, List<StoredEvent> events) {
        long wanted = row.sequence() + 1;
        if (finding.fault().isPresent() || wanted == events.size()) {
            return finding;
        }
        return finding.with(truncation(row, events)
                .orElseGet(() -> Tampering.of(
                        Kind.INSERTED,
                        events.get(Math.toIntExact(wanted)).position(),
                        events.get(Math.toIntExact(wanted)),
                        "its promotion's status row speaks of " + wanted + " events only")));
    }

    /** What is wrong where a promotion's status row speaks of more events than there are. */
    static Optional<Tampering> truncation(StatusRow row, List<StoredEvent> events) {
        long wanted = row.sequence() + 1;
        return wanted > events.size()
                ? Optional.of(new Tampering(
                        Kind.TRUNCATED,
                        events.isEmpty() ? 1 : events.getLast().position() + 1,
                        Optional.of(row.promotion()),
                        OptionalLong.of(events.size()),
                        "the promotion ends before this; its status row speaks of " + wanted + " events"))
                : Optional.empty();
    }

    /** What is wrong with the contract that is kept for an opening; nothing if none is, as in ledgers of an early format. */
    static Optional<Tampering> contract(StoredEvent opening, String digest, Optional<String> kept) {
        return kept.filter(text -> !digest.equals(KeptDocument.of(text).digest()))
                .map(text -> Tampering.of(
                        Kind.CHANGED,
                        opening.position(),
                        opening,
                        "the contract that is kept for it is not the one that it names"));
    }

    /** What is wrong with the documents that are kept for an event; nothing if none is. */
    static Optional<Tampering> documents(
            StoredEvent stored, PromotionEvent event, Function<String, Optional<String>> kept) {
        return Documents.named(event)
                .filter(digest -> kept.apply(digest)
                        .filter(text -> !digest.equals(KeptDocument.of(text).digest()))
                        .isPresent())
                .findFirst()
                .map(digest -> Tampering.of(
                        Kind.CHANGED,
                        stored.position(),
                        stored,
                        "a document that is kept for it is not the one that it names"));
    }

    /** Lets a future version through: of that, nothing can be said. */
    static void requireReadable(RuntimeException exception) {
        if (exception instanceof LedgerException ledger && ledger.kind() != LedgerException.Kind.DAMAGED) {
            throw ledger;
        }
    }
}
