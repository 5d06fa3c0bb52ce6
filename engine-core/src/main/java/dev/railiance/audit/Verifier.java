package dev.railiance.audit;

import dev.railiance.audit.Chain.Fit;
import dev.railiance.audit.Tampering.Kind;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.ImpossibleHistory;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import java.time.DateTimeException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a log in one pass and bounded memory: every link of its chain, that every payload is what Railiance writes, that
 * the lifecycle has each promotion's phases in this order, that contracts are those that openings name, and the heads that
 * anchors and the log itself speak of. It asks no guard: whether a recorded decision was right is for a replay. Stops believing at the first
 * event that is not right; what is after it only serves to say what was done.
 */
final class Verifier {

    /** About 20 MB of heads; see {@link Heads} for what happens beyond. */
    static final int HEADS = 65_536;

    private static final int FOLDS = 4_096;
    private static final int CONTRACTS = 4_096;

    private final EventLog log;
    private final Chain chain;
    private final Optional<Folds> folds;
    private final Optional<Checkpoint> anchor;
    private final Set<String> contracts = new HashSet<>();
    private Optional<Head> end = Optional.empty();
    private boolean endUnreadable;
    private long promotions;
    private Hash origin = Hash.ZERO;
    private @Nullable Diagnosis broken;
    private @Nullable Tampering fault;

    /**
     * What came of it.
     *
     * @param events how many were right
     * @param promotions how many begin among them
     * @param origin the ledger's hash at its first event
     * @param hash the ledger's after the last right event
     * @param fault the first thing that is not right
     */
    record Finding(long events, long promotions, Hash origin, Hash hash, Optional<Tampering> fault) {

        /** The same with something that is not right. */
        Finding with(Tampering found) {
            return new Finding(events, promotions, origin, hash, Optional.of(found));
        }
    }

    private Verifier(EventLog log, Chain chain, Optional<Folds> folds, Optional<Checkpoint> anchor) {
        this.log = log;
        this.chain = chain;
        this.folds = folds;
        this.anchor = anchor;
    }

    /** Verifies the chain, and every event by itself and in its promotion's history. */
    static Verifier whole(EventLog log, EventCodec codec, Optional<Checkpoint> anchor) {
        return whole(log, codec, anchor, HEADS, FOLDS);
    }

    /** The same with so many promotions in memory. */
    static Verifier whole(EventLog log, EventCodec codec, Optional<Checkpoint> anchor, int heads, int folds) {
        return new Verifier(log, new Chain(new Heads(log, heads)), Optional.of(new Folds(log, codec, folds)), anchor);
    }

    /** Verifies the chain alone: that the events are those that were written, and not what they say. */
    static Verifier ofChain(EventLog log, Optional<Checkpoint> anchor) {
        return new Verifier(log, new Chain(new Heads(log, HEADS)), Optional.empty(), anchor);
    }

    /**
     * Reads the whole log.
     *
     * @throws LedgerException if the log is out of reach or of a future version; one that holds what is no event is a finding
     */
    Finding verify() {
        try {
            end = end();
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
        return new Finding(chain.position(), promotions, origin, chain.ledger(), Optional.ofNullable(found));
    }

    /** An end that cannot be read is no reason not to read the rest, which may tell more. */
    private Optional<Head> end() {
        try {
            return log.head();
        } catch (LedgerException e) {
            PromotionChain.requireReadable(e);
        } catch (IllegalArgumentException e) {
            // As with any hash that is none.
        }
        endUnreadable = true;
        return Optional.empty();
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
        origin = chain.position() == 1 ? chain.ledger() : origin;
        fault = folds.flatMap(known -> impossible(event, known))
                .or(this::rewritten)
                .orElse(null);
    }

    private Optional<Tampering> impossible(StoredEvent event, Folds folds) {
        try {
            Promotion after = folds.next(event);
            return event.sequence() == 0
                    ? after.opening().flatMap(opened -> otherContract(event, opened))
                    : otherDocuments(event, folds);
        } catch (LedgerException e) {
            PromotionChain.requireReadable(e);
            return Optional.of(
                    Tampering.of(Kind.IMPOSSIBLE, event.position(), event, "its payload is not one that its type has"));
        } catch (ImpossibleHistory e) {
            return Optional.of(Tampering.of(
                    Kind.IMPOSSIBLE, event.position(), event, "the lifecycle has no such event at this point"));
        }
    }

    private Optional<Tampering> otherContract(StoredEvent event, PromotionOpened opened) {
        String digest = opened.contract().value();
        if (contracts.size() >= CONTRACTS) {
            contracts.clear();
        }
        return contracts.add(digest) ? PromotionChain.contract(event, digest, log.kept(digest)) : Optional.empty();
    }

    /** Only what approvals rest on is kept for events other than the first. */
    private Optional<Tampering> otherDocuments(StoredEvent event, Folds folded) {
        return event.type().startsWith("approval.")
                ? PromotionChain.documents(event, folded.decoded(event), log::kept)
                : Optional.empty();
    }

    private Optional<Tampering> rewritten() {
        if (anchor.filter(is -> chain.position() == 1 && !is.origin().equals(chain.ledger()))
                .isPresent()) {
            return Optional.of(Tampering.at(
                    Kind.REWRITTEN,
                    1,
                    "the anchor is of another ledger, or this one was written anew from its beginning"));
        }
        if (end.filter(is -> is.position() == chain.position() && !is.hash().equals(chain.ledger()))
                .isPresent()) {
            return Optional.of(Tampering.at(
                    Kind.REWRITTEN,
                    chain.position(),
                    "the ledger's hash here is not the one that it keeps of its own end"));
        }
        return anchor.filter(
                        is -> is.size() == chain.position() && !is.ledgerHash().equals(chain.ledger()))
                .map(is -> Tampering.at(
                        Kind.REWRITTEN,
                        is.size(),
                        "the ledger's hash here is not the anchor's: this event or one before it was changed, and every"
                                + " hash from there on made anew"));
    }

    private @Nullable Tampering truncation() {
        if (endUnreadable) {
            return Tampering.at(
                    Kind.UNREADABLE, chain.position() + 1, "what the ledger keeps of its own end is no hash");
        }
        return anchor.filter(is -> is.size() > chain.position())
                .map(is -> Tampering.at(
                        Kind.TRUNCATED,
                        chain.position() + 1,
                        "the ledger ends before this; the anchor speaks of " + is.size() + " events"))
                .or(() -> end.filter(is -> is.position() > chain.position())
                        .map(is -> Tampering.at(
                                Kind.TRUNCATED,
                                chain.position() + 1,
                                "the ledger ends before this; it keeps itself that it has " + is.position()
                                        + " events")))
                .orElse(null);
    }
}
