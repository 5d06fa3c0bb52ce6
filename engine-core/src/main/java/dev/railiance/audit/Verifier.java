package dev.railiance.audit;

import dev.railiance.audit.Chain.Fit;
import dev.railiance.audit.Tampering.Kind;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.ImpossibleHistory;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a log in one pass and bounded memory: every link of its chain, that every payload is canonical and can be read,
 * that the lifecycle produces each promotion's history, and the heads that anchors speak of. Stops believing at the first
 * event that is not right; what is after it only serves to say what was done.
 */
final class Verifier {

    /** About 20 MB of heads; see {@link Heads} for what happens beyond. */
    static final int HEADS = 65_536;

    private static final int FOLDS = 4_096;

    private final EventLog log;
    private final Chain chain;
    private final Optional<Folds> folds;
    private final Optional<Head> anchor;
    private long promotions;
    private @Nullable Diagnosis broken;
    private @Nullable Tampering fault;

    /**
     * What came of it.
     *
     * @param events how many were right
     * @param promotions how many begin among them
     * @param hash the ledger's after the last right event
     * @param fault the first thing that is not right
     */
    record Finding(long events, long promotions, Hash hash, Optional<Tampering> fault) {}

    private Verifier(EventLog log, Chain chain, Optional<Folds> folds, Optional<Head> anchor) {
        this.log = log;
        this.chain = chain;
        this.folds = folds;
        this.anchor = anchor;
    }

    /** Verifies the chain, and every event by itself and in its promotion's history. */
    static Verifier whole(EventLog log, EventCodec codec, Optional<Head> anchor) {
        return whole(log, codec, anchor, HEADS, FOLDS);
    }

    /** The same with so many promotions in memory. */
    static Verifier whole(EventLog log, EventCodec codec, Optional<Head> anchor, int heads, int folds) {
        return new Verifier(log, new Chain(new Heads(log, heads)), Optional.of(new Folds(log, codec, folds)), anchor);
    }

    /** Verifies the chain alone: that the events are those that were written, and not what they say. */
    static Verifier ofChain(EventLog log, Optional<Head> anchor) {
        return new Verifier(log, new Chain(new Heads(log, HEADS)), Optional.empty(), anchor);
    }

    /**
     * Reads the whole log.
     *
     * @throws LedgerException if the log is out of reach or of a future version; one that holds what is no event is a finding
     */
    Finding verify() {
        try {
            log.scan(this::next);
        } catch (LedgerException e) {
            if (e.kind() != LedgerException.Kind.DAMAGED) {
                throw e;
            }
            unreadable();
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            unreadable();
        }
        Tampering found = broken != null ? broken.conclusion() : fault;
        if (found == null) {
            found = truncation();
        }
        return new Finding(chain.position(), promotions, chain.ledger(), Optional.ofNullable(found));
    }

    private void unreadable() {
        if (broken == null && fault == null) {
            fault = Tampering.at(Kind.UNREADABLE, chain.position() + 1, "what is kept there is no event");
        }
    }

    private void next(StoredEvent event) {
        if (broken != null) {
            broken.next(event);
            return;
        }
        if (fault != null) {
            return;
        }
        Fit fit = chain.next(event);
        if (fit != Fit.RIGHT) {
            broken = new Diagnosis(event, fit, chain);
            return;
        }
        promotions += event.sequence() == 0 ? 1 : 0;
        fault = folds.flatMap(known -> impossible(event, known))
                .or(this::rewritten)
                .orElse(null);
    }

    private static Optional<Tampering> impossible(StoredEvent event, Folds folds) {
        if (!canonical(event.payload())) {
            return Optional.of(
                    Tampering.of(Kind.IMPOSSIBLE, event.position(), event, "its payload is not in its canonical form"));
        }
        try {
            folds.next(event);
            return Optional.empty();
        } catch (LedgerException e) {
            if (e.kind() != LedgerException.Kind.DAMAGED) {
                throw e;
            }
            return Optional.of(
                    Tampering.of(Kind.IMPOSSIBLE, event.position(), event, "its payload is not one of its type"));
        } catch (ImpossibleHistory e) {
            return Optional.of(Tampering.of(
                    Kind.IMPOSSIBLE, event.position(), event, "the lifecycle has no such event at this point"));
        }
    }

    private static boolean canonical(String payload) {
        try {
            return EventCodec.canonical(payload).equals(payload);
        } catch (LedgerException e) {
            return false;
        }
    }

    private Optional<Tampering> rewritten() {
        return anchor.filter(head ->
                        head.position() == chain.position() && !head.hash().equals(chain.ledger()))
                .map(head -> Tampering.at(
                        Kind.REWRITTEN,
                        head.position(),
                        "the hash there is not the anchor's: this event or one before it was rewritten, and every hash"
                                + " after it made anew"));
    }

    private @Nullable Tampering truncation() {
        return anchor.filter(head -> head.position() > chain.position())
                .map(head -> new Tampering(
                        Kind.TRUNCATED,
                        chain.position() + 1,
                        Optional.empty(),
                        OptionalLong.empty(),
                        "the ledger ends at position " + chain.position() + " and the anchor speaks of "
                                + head.position()))
                .orElse(null);
    }
}
