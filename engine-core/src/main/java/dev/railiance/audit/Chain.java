package dev.railiance.audit;

import dev.railiance.audit.Heads.Head;
import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.Seal;
import dev.railiance.ledger.StoredEvent;

/**
 * The chain of a ledger's events, link by link: positions without a gap, sequences without a gap, both hashes as they follow
 * from the event and what came before it.
 */
final class Chain {

    private final Heads heads;
    private long position;
    private Hash ledger = Hash.ZERO;
    private Hash before = Hash.ZERO;

    /** How an event fits. */
    enum Fit {
        /** It is the next one. */
        RIGHT,
        /** Its position is higher than the next one. */
        GAP,
        /** Its position is taken, or below the first one. */
        TAKEN,
        /** Its sequence is higher than the promotion's next one. */
        SEQUENCE_AHEAD,
        /** The promotion has an event of this sequence already. */
        SEQUENCE_TAKEN,
        /** Its own hash is not that of its content after the promotion's last event. */
        EVENT_HASH,
        /** Its own hash is right, the ledger's is not. */
        LEDGER_HASH
    }

    Chain(Heads heads) {
        this.heads = heads;
    }

    /** Looks at the next event. The chain goes on with it if it is right, and otherwise stays where it was. */
    Fit next(StoredEvent event) {
        Fit fit = fit(event);
        if (fit == Fit.RIGHT) {
            heads.passed(event);
            before = ledger;
            ledger = event.seal().ledger();
            position++;
        }
        return fit;
    }

    private Fit fit(StoredEvent event) {
        if (event.position() != position + 1) {
            return event.position() > position + 1 ? Fit.GAP : Fit.TAKEN;
        }
        Head head = heads.before(event, position + 1);
        if (event.sequence() != head.nextSequence()) {
            return event.sequence() > head.nextSequence() ? Fit.SEQUENCE_AHEAD : Fit.SEQUENCE_TAKEN;
        }
        Seal expected =
                EventSeal.seal(event, head.event(), ledger, position + 1).seal();
        if (!expected.event().equals(event.seal().event())) {
            return Fit.EVENT_HASH;
        }
        return expected.ledger().equals(event.seal().ledger()) ? Fit.RIGHT : Fit.LEDGER_HASH;
    }

    /** The sequence that the next event of this one's promotion has. */
    long nextSequence(StoredEvent event) {
        return heads.before(event, position + 1).nextSequence();
    }

    /** How many events were right so far; the next one belongs at the place after it. */
    long position() {
        return position;
    }

    /** The ledger's hash after the last right event. */
    Hash ledger() {
        return ledger;
    }

    /** The ledger's hash before the last right event. */
    Hash before() {
        return before;
    }
}
