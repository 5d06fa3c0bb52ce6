package dev.railiance.audit;

import dev.railiance.audit.Chain.Fit;
import dev.railiance.audit.Tampering.Kind;
import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.StoredEvent;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what was done where a chain breaks, from the rest of the log: is the event that belongs there further on, and
 * does the one that stands there belong elsewhere? Holds a handful of events, however long the rest is.
 */
final class Diagnosis {

    /** So many events taken out in one piece are recognised as missing; beyond, the break is called a change. */
    private static final int LONGEST_CUT = 1_000;

    private final StoredEvent found;
    private final Fit fit;
    private final long place;
    private final Hash ledger;
    private final long wantedSequence;
    /** The event before the break is the foreign one: this one follows what came before it. */
    private final boolean afterForeign;
    /** Its hashes are those that belong here, whatever became of the rest of it. */
    private final boolean hashesFit;

    private @Nullable StoredEvent rightful;
    private @Nullable StoredEvent successor;
    private StoredEvent last;
    private long lastPlace;
    private boolean belongsFurtherOn;
    private boolean wantedFurtherOn;

    /** A diagnosis of the event that a chain did not accept. */
    Diagnosis(StoredEvent found, Fit fit, Chain chain) {
        this.found = found;
        this.fit = fit;
        this.place = chain.position() + 1;
        this.ledger = chain.ledger();
        this.wantedSequence = chain.nextSequence(found);
        boolean twin = found.seal().ledger().equals(ledger);
        this.afterForeign = place > 1 && !twin && follows(chain.before(), place - 1, found);
        this.hashesFit = follows(ledger, place, found);
        this.last = found;
        this.lastPlace = place;
    }

    /** Looks at an event after the break. */
    void next(StoredEvent event) {
        if (successor == null) {
            successor = event;
        }
        if (!hashesFit && rightful == null && follows(ledger, place, event)) {
            rightful = event;
            belongsFurtherOn |= follows(event.seal().ledger(), place + 1, found);
        }
        belongsFurtherOn |= lastPlace > place && follows(last.seal().ledger(), lastPlace + 1, found);
        wantedFurtherOn |=
                event.sequence() == wantedSequence && event.promotion().equals(found.promotion());
        last = event;
        lastPlace++;
    }

    /** What was done, as far as it can be known. */
    Tampering conclusion() {
        StoredEvent belongs = rightful;
        if (fit == Fit.GAP) {
            return gap(hashesFit ? found : belongs);
        }
        if (fit == Fit.TAKEN) {
            return Tampering.of(Kind.INSERTED, place, found, "position " + found.position() + " cannot be its own");
        }
        if (afterForeign) {
            return Tampering.at(Kind.INSERTED, place - 1, named(found) + " follows the event before this one");
        }
        if (hashesFit) {
            return Tampering.of(Kind.CHANGED, place, found, "its hash is not that of its content");
        }
        if (belongs != null) {
            return belongsFurtherOn
                    ? Tampering.of(
                            Kind.OUT_OF_ORDER, place, found, named(belongs) + " belongs here, and this further on")
                    : Tampering.of(Kind.INSERTED, place, found, named(belongs) + " belongs here");
        }
        return switch (fit) {
            case SEQUENCE_TAKEN ->
                Tampering.of(Kind.INSERTED, place, found, "its promotion has an event of this sequence already");
            case SEQUENCE_AHEAD -> ahead();
            case EVENT_HASH -> Tampering.of(Kind.CHANGED, place, found, "its hash is not that of its content");
            default -> notFollowing();
        };
    }

    private Tampering gap(@Nullable StoredEvent belongs) {
        if (belongs != null) {
            return Tampering.of(
                    Kind.OUT_OF_ORDER, place, belongs, "it is found at position " + belongs.position() + " instead");
        }
        long until = found.position() - 1;
        return Tampering.at(
                Kind.MISSING,
                place,
                (until > place ? "positions " + place + " to " + until + " are" : "position " + place + " is")
                        + " empty; the next event is " + named(found));
    }

    private Tampering ahead() {
        return wantedFurtherOn
                ? Tampering.of(
                        Kind.OUT_OF_ORDER, place, found, "event " + wantedSequence + " of its promotion comes after it")
                : new Tampering(
                        Kind.MISSING,
                        place,
                        Optional.of(found.promotion()),
                        OptionalLong.of(wantedSequence),
                        "event " + found.sequence() + " of the promotion stands in its place");
    }

    private Tampering notFollowing() {
        StoredEvent after = successor;
        if (after != null) {
            if (follows(EventSeal.ledger(ledger, place, found.seal().event()), place + 1, after)) {
                return Tampering.of(Kind.CHANGED, place, found, "the ledger's hash kept with it was another");
            }
            for (int cut = 1; cut <= LONGEST_CUT; cut++) {
                if (follows(found.seal().ledger(), place + cut + 1, after)) {
                    return Tampering.at(
                            Kind.MISSING,
                            place,
                            (cut == 1 ? "an event was" : cut + " events were") + " taken out before " + named(found));
                }
            }
        }
        return Tampering.of(
                Kind.CHANGED,
                place,
                found,
                "it does not follow the event before it: either of the two was changed, or events between them taken out");
    }

    private static boolean follows(Hash ledger, long place, StoredEvent event) {
        return EventSeal.ledger(ledger, place, event.seal().event())
                .equals(event.seal().ledger());
    }

    private static String named(StoredEvent event) {
        return "event " + event.sequence() + " of promotion " + event.promotion();
    }
}
