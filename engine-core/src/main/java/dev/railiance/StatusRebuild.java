package dev.railiance;

import dev.railiance.audit.Audit;
import dev.railiance.audit.RebuildResult;
import dev.railiance.audit.VerifyRequest;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.StatusRow;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.projection.PromotionStatus;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the status rows again from the events; never from events that are not what was written. */
final class StatusRebuild {

    private static final VerifyRequest EVENTS_AND_ROWS =
            new VerifyRequest(Optional.empty(), Optional.empty(), Optional.empty(), false, false, true);

    private final Ledger ledger;
    private final EventCodec codec;
    private final Audit audit;

    StatusRebuild(Ledger ledger, EventCodec codec, Audit audit) {
        this.ledger = ledger;
        this.codec = codec;
        this.audit = audit;
    }

    Outcome<RebuildResult> plan() {
        return audit.verify(EVENTS_AND_ROWS)
                .then(found -> found.fault()
                        .map(fault -> Outcome.<RebuildResult>notDone(Audit.tampered(fault)))
                        .orElseGet(() -> Outcome.done(RebuildResult.planned(found))));
    }

    Outcome<RebuildResult> apply() {
        return plan().then(planned -> Outcome.done(planned.different().isEmpty() ? planned : planned.done(replaced())));
    }

    private long replaced() {
        try (LedgerSession session = ledger.open()) {
            Set<PromotionId> known = new LinkedHashSet<>();
            session.replaceStatuses(() -> {
                // Only now: a promotion that was opened a moment ago must not be forgotten.
                session.scan(0, event -> known.add(event.promotion()));
                return known.stream().map(id -> status(session, id)).iterator();
            });
            return known.size();
        }
    }

    private StatusRow status(LedgerSession session, PromotionId promotion) {
        List<StoredEvent> events = session.read(promotion, 0);
        StoredEvent last = events.getLast();
        Promotion state = Promotion.of(events.stream().map(codec::decode).toList());
        return PromotionStatus.row(state, last.sequence(), last.at());
    }
}
