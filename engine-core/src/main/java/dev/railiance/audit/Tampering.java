package dev.railiance.audit;

import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.PromotionId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The first event of a ledger that is not as it was written.
 *
 * @param kind what is wrong with it
 * @param position its place in the ledger: where it should be, or where the foreign one is
 * @param promotion whose event it is, where that is known
 * @param sequence its place in the promotion, where that is known
 * @param what the same for people, in a sentence without its full stop
 */
public record Tampering(Kind kind, long position, Optional<PromotionId> promotion, OptionalLong sequence, String what) {

    /** What can be wrong with an event. */
    public enum Kind {
        /** Its content, or a hash that is kept with it, is not what was written. */
        CHANGED,
        /** It is not there any more. */
        MISSING,
        /** It was not there when the ledger was written. */
        INSERTED,
        /** It stands at another place than it was written to. */
        OUT_OF_ORDER,
        /** It cannot be read at all. */
        UNREADABLE,
        /** It is as it was written, but Railiance never writes such an event. */
        IMPOSSIBLE,
        /** The ledger ends before the anchor. */
        TRUNCATED,
        /** The ledger is whole in itself, but not the one that the anchor speaks of. */
        REWRITTEN
    }

    static Tampering of(Kind kind, long position, StoredEvent event, String what) {
        return new Tampering(kind, position, Optional.of(event.promotion()), OptionalLong.of(event.sequence()), what);
    }

    static Tampering at(Kind kind, long position, String what) {
        return new Tampering(kind, position, Optional.empty(), OptionalLong.empty(), what);
    }
}
