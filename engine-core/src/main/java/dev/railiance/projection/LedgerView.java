package dev.railiance.projection;

import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.LedgerSession.OnTarget;
import dev.railiance.ledger.StatusRow;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import dev.railiance.promotion.Trigger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The ledger as views read it: status rows at once, events decoded only where somebody asks for them. */
public final class LedgerView {

    private final Optional<LedgerSession> session;
    private final Supplier<EventCodec> codec;

    /** A view of an open session, or of a ledger that does not exist yet; {@code codec} is asked for only when events are read. */
    public LedgerView(Optional<LedgerSession> session, Supplier<EventCodec> codec) {
        this.session = session;
        this.codec = codec;
    }

    /** The status of a promotion. */
    public Optional<StatusRow> status(PromotionId promotion) {
        return session.flatMap(open -> open.status(promotion));
    }

    /** Statuses, the latest change first. */
    public List<StatusRow> statuses(int limit) {
        return session.map(open -> open.statuses(limit)).orElse(List.of());
    }

    /** Those whose id begins with {@code prefix}. */
    public List<StatusRow> statusesByPrefix(String prefix, int limit) {
        return session.map(open -> open.statusesByPrefix(prefix, limit)).orElse(List.of());
    }

    /** The events of a promotion, in order. */
    public List<PromotionEvent> events(PromotionId promotion) {
        return history(promotion).stream()
                .map(stored -> codec.get().decode(stored))
                .toList();
    }

    /** The trail of a promotion; empty where there is none. */
    public Optional<AuditTrail> trail(PromotionId promotion) {
        List<StoredEvent> stored = history(promotion);
        return stored.isEmpty() ? Optional.empty() : Optional.of(AuditTrail.of(stored, codec.get()));
    }

    /** Hands every event of the ledger to {@code reader}, in order, without holding them all. */
    public void scan(Consumer<StoredEvent> reader) {
        session.ifPresent(open -> open.scan(0, reader));
    }

    /** The newest promotion of this artifact under this contract on this target that has not ended. */
    public Optional<StatusRow> current(Target target, String artifactDigest, String contractDigest) {
        return session.flatMap(open -> open.current(target, artifactDigest, contractDigest));
    }

    /** Which promotions matter for what may begin on a target. */
    public OnTarget onTarget(Target target) {
        return session.map(open -> open.onTarget(target)).orElse(OnTarget.NOTHING);
    }

    /** The promotion in flight on a target. */
    public Optional<PromotionId> holder(Target target) {
        return onTarget(target).holder();
    }

    /** The promotion in production on a target. */
    public Optional<PromotionId> inProduction(Target target) {
        return onTarget(target).production();
    }

    /** Those in production on a target, the latest promoted last: more than one where what was replaced is not recorded yet. */
    public List<PromotionId> promoted(Target target) {
        return session.map(open -> open.inPhase(target, Phase.PROMOTED)).orElse(List.of()).stream()
                .map(StatusRow::promotion)
                .sorted(Comparator.comparingLong(this::promotedAt))
                .toList();
    }

    private long promotedAt(PromotionId promotion) {
        return history(promotion).stream()
                .filter(event -> event.type().equals(Trigger.COMPLETE_PROMOTE.event()))
                .mapToLong(StoredEvent::position)
                .max()
                .orElse(0);
    }

    /**
     * A document that is kept, such as the contract's text under which a promotion was opened.
     *
     * @throws LedgerException if what is kept has another digest: somebody has changed it
     */
    public Optional<String> kept(String digest) {
        Optional<String> text = session.flatMap(open -> open.kept(digest));
        if (text.isPresent() && !KeptDocument.of(text.get()).digest().equals(digest)) {
            throw new LedgerException(
                    LedgerException.Kind.DAMAGED, "a kept document is not that of its digest " + digest);
        }
        return text;
    }

    /** Where the ledger ends. */
    public LedgerSession.Head head() {
        return session.map(LedgerSession::head).orElse(LedgerSession.Head.EMPTY);
    }

    /** What decodes the events of a scan. */
    public EventCodec codec() {
        return codec.get();
    }

    /** The same as they are stored. */
    public List<StoredEvent> history(PromotionId promotion) {
        return session.map(open -> open.read(promotion, 0)).orElse(List.of());
    }
}
