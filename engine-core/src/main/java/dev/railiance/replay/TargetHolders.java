package dev.railiance.replay;

import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.projection.LedgerView;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Who was in flight on one target, and when; read out of the whole ledger when it is first asked for. */
final class TargetHolders implements Explainer.HolderBefore {

    private final LedgerView ledger;
    private final Target target;
    private final Map<PromotionId, Promotion> open = new HashMap<>();
    private final NavigableMap<Long, Optional<PromotionId>> changes = new TreeMap<>();
    private boolean read;

    TargetHolders(LedgerView ledger, Target target) {
        this.ledger = ledger;
        this.target = target;
    }

    @Override
    public Optional<PromotionId> holder(long position) {
        if (!read) {
            read = true;
            EventCodec codec = ledger.codec();
            ledger.scan(stored -> follow(stored, codec));
        }
        Map.Entry<Long, Optional<PromotionId>> last = changes.lowerEntry(position);
        return last == null ? Optional.empty() : last.getValue();
    }

    /** Only openings have to be decoded to see whether they are of this target. */
    private void follow(StoredEvent stored, EventCodec codec) {
        Promotion before = open.get(stored.promotion());
        if (before == null && stored.sequence() > 0) {
            return;
        }
        PromotionEvent event = codec.decode(stored);
        if (event instanceof PromotionOpened opened && !opened.target().equals(target)) {
            return;
        }
        Promotion after = (before == null ? Promotion.NEW : before).evolve(event);
        if (after.phase().inFlight() && (before == null || !before.phase().inFlight())) {
            changes.put(stored.position(), Optional.of(stored.promotion()));
        } else if (before != null && before.phase().inFlight() && !after.phase().inFlight()) {
            changes.put(stored.position(), Optional.empty());
        }
        if (after.phase().end()) {
            open.remove(stored.promotion());
        } else {
            open.put(stored.promotion(), after);
        }
    }
}
