package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LatestUsed;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.PromotionId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What this process has seen last of the shared ledger: its epoch, and the last hash of the promotions that it has changed. A
 * guess: the server checks it in the statement that writes what relies on it.
 */
final class KnownHashes {

    private static final int MOST_PROMOTIONS = 2_000;

    private record Last(long sequence, Hash hash) {}

    private OptionalLong epoch = OptionalLong.empty();
    private final Map<PromotionId, Last> last = new LatestUsed<>(MOST_PROMOTIONS);

    /** What an event is to be sealed to and by; empty if the server has to be asked. */
    synchronized Optional<Ground> before(PromotionId promotion, long sequence) {
        if (epoch.isEmpty()) {
            return Optional.empty();
        }
        if (sequence == 0) {
            return Optional.of(new Ground(epoch.getAsLong(), Hash.ZERO));
        }
        Last before = last.get(promotion);
        return before == null || before.sequence() != sequence - 1
                ? Optional.empty()
                : Optional.of(new Ground(epoch.getAsLong(), before.hash()));
    }

    /** The server has said so. */
    synchronized void found(Ground ground) {
        epoch = OptionalLong.of(ground.epoch());
    }

    /** This event has been appended. */
    synchronized void appended(StoredEvent event, Hash hash) {
        last.put(event.promotion(), new Last(event.sequence(), hash));
    }

    /** It turned out to be wrong, or something went wrong, so it is not known what the server has done. */
    synchronized void forget(PromotionId promotion) {
        epoch = OptionalLong.empty();
        last.remove(promotion);
    }

    /**
     * What an append stands on.
     *
     * @param epoch of the ledger: the server takes no append that was made in an earlier one
     * @param predecessor hash of the event before the first one in its promotion, zero if it is the first of all
     */
    record Ground(long epoch, Hash predecessor) {}
}
