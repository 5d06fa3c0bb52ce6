package dev.railiance.notification;

import dev.railiance.contract.AppContract;
import dev.railiance.contract.ContractReader;
import dev.railiance.contract.Notification;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.StatusRow;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What receivers are still to be told, as the ledger has it: the events that the contract of each promotion wants told, without
 * those of which a receipt is kept. So whoever dies before it has told leaves it to the next.
 */
final class Outbox {

    /** How many promotions are looked through, the latest change first. */
    private static final int PROMOTIONS = 20;

    /** What is older is no news any more. */
    private static final Duration NEWS = Duration.ofHours(24);

    private final Ledger ledger;
    private final EventCodec codec;
    private final ContractReader reader = new ContractReader();

    Outbox(Ledger ledger, EventCodec codec) {
        this.ledger = ledger;
        this.codec = codec;
    }

    /**
     * One thing that one receiver is to be told.
     *
     * @param position of the event in the ledger
     * @param receipt what is kept once it was told
     */
    record Pending(Notification receiver, long position, Notice notice, KeptDocument receipt) {}

    /** All that is still to be told of promotions of these targets, in the order of the ledger. */
    List<Pending> pending(Set<Target> targets, Instant now) {
        Instant from = now.minus(NEWS);
        var pending = new ArrayList<Pending>();
        try (LedgerSession session = ledger.open()) {
            for (StatusRow row : session.statuses(PROMOTIONS)) {
                if (targets.contains(row.target()) && !row.updatedAt().isBefore(from)) {
                    List<Notification> receivers = session.kept(row.contractDigest())
                            .filter(Notification::maybeIn)
                            .flatMap(reader::declared)
                            .map(AppContract::notifications)
                            .orElse(List.of());
                    if (!receivers.isEmpty()) {
                        collect(session, session.read(row.promotion(), 0), receivers, from, pending);
                    }
                }
            }
        }
        pending.sort(Comparator.comparingLong(Pending::position));
        return pending;
    }

    private void collect(
            LedgerSession session,
            List<StoredEvent> history,
            List<Notification> receivers,
            Instant from,
            List<Pending> pending) {
        Promotion promotion = Promotion.NEW;
        for (StoredEvent stored : history) {
            PromotionEvent event = codec.decode(stored);
            promotion = promotion.evolve(event);
            for (Notification receiver : receivers) {
                if (receiver.wants(event.type()) && !stored.at().isBefore(from)) {
                    KeptDocument receipt = receipt(receiver, stored);
                    if (session.kept(receipt.digest()).isEmpty()) {
                        pending.add(
                                new Pending(receiver, stored.position(), Notice.of(stored, event, promotion), receipt));
                    }
                }
            }
        }
    }

    private static KeptDocument receipt(Notification receiver, StoredEvent stored) {
        return KeptDocument.of("railiance.notification-receipt.v1\n" + receiver.name() + "\n" + receiver.url() + "\n"
                + stored.promotion() + "/" + stored.sequence() + "\n");
    }

    /** Keeps the receipts of what was told. */
    void told(List<Pending> pending) {
        if (!pending.isEmpty()) {
            try (LedgerSession session = ledger.open()) {
                session.keep(pending.stream().map(Pending::receipt).toList());
            }
        }
    }
}
