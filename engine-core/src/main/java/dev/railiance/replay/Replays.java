package dev.railiance.replay;

import dev.railiance.failure.Outcome;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.projection.Query;
import dev.railiance.promotion.PromotionId;
import dev.railiance.statemachine.SpringTransitions;
import java.util.Optional;

/** Questions about decisions that were made. */
public final class Replays {

    private Replays() {}

    /**
     * Decides a history again.
     *
     * @param only one promotion; empty: all
     * @param policy beside the recorded rules; empty: these alone
     */
    public static Query<ReplayReport> replay(Optional<PromotionId> only, Optional<Policy> policy) {
        return ledger -> {
            var redecision = new Redecision(new SpringTransitions(), only, policy);
            EventCodec codec = ledger.codec();
            ledger.scan(stored -> redecision.read(recorded(stored, codec)));
            return Outcome.done(redecision.report());
        };
    }

    static Recorded recorded(StoredEvent stored, EventCodec codec) {
        return new Recorded(stored.position(), stored.promotion(), stored.sequence(), codec.decode(stored));
    }
}
