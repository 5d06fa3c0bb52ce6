package dev.railiance.benchmarks;

import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.projection.ReliedOn;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionId;
import java.util.LinkedHashMap;
import java.util.Map;

/** The audit trail of every promotion as the engine makes it: scanned, decoded and folded by the lifecycle. */
final class EngineTrail {

    /** So many promotions are held; one that comes up again after longer is folded anew. */
    private static final int RECENT = 4_096;

    private final EventCodec codec;
    private final LedgerSession session;
    private final Map<PromotionId, Promotion> recent = new LinkedHashMap<>(16, 0.75f, true);
    private final TrailSum sum = new TrailSum();

    EngineTrail(LedgerSession session, EventCodec codec) {
        this.session = session;
        this.codec = codec;
    }

    TrailSum read() {
        session.scan(0, this::next);
        return sum;
    }

    private Promotion before(StoredEvent next) {
        Promotion known = next.sequence() == 0 ? Promotion.NEW : recent.get(next.promotion());
        if (known != null) {
            return known;
        }
        return Promotion.of(session.read(next.promotion(), 0).stream()
                .filter(event -> event.sequence() < next.sequence())
                .map(codec::decode)
                .toList());
    }

    private void next(StoredEvent stored) {
        PromotionEvent event = codec.decode(stored);
        Promotion after = before(stored).evolve(event);
        recent.put(stored.promotion(), after);
        if (recent.size() > RECENT) {
            recent.remove(recent.keySet().iterator().next());
        }
        sum.add(new TrailEntry(
                stored.position(),
                stored.sequence(),
                stored.type(),
                event.at(),
                event.by().name(),
                after.phase(),
                stored.seal().event().toString(),
                ReliedOn.by(event)));
    }
}
