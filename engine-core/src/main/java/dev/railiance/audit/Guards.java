package dev.railiance.audit;

import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.replay.Flip;
import dev.railiance.replay.Recorded;
import dev.railiance.replay.Redecision;
import dev.railiance.statemachine.SpringTransitions;
import java.util.List;
import java.util.Optional;

/**
 * Asks the guards about a promotion that comes from elsewhere: hashes can be made by anybody, and the phases alone would let an
 * approval pass that nobody gave. Whether its target was free is not asked: that is known only where it was recorded.
 */
final class Guards {

    private Guards() {}

    /** What they object to in a whole promotion, under the rules that are recorded in it; quotes nothing of it. */
    static Optional<String> objection(List<StoredEvent> events, EventCodec codec) {
        var redecision = new Redecision(new SpringTransitions(), Optional.empty(), Optional.empty());
        for (StoredEvent event : events) {
            redecision.read(
                    new Recorded(event.sequence() + 1, event.promotion(), event.sequence(), codec.decode(event)));
        }
        return redecision.report(Head.EMPTY).flips().stream().findFirst().map(Guards::said);
    }

    private static String said(Flip flip) {
        return "its own rules do not lead to event " + flip.sequence() + ": " + flip.reason();
    }
}
