package dev.railiance.axon;

import dev.railiance.ledger.Entry;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.StatusRow;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.metric.EngineMetrics;
import dev.railiance.metric.Measurement;
import dev.railiance.metric.Measurement.AppendOutcome;
import dev.railiance.projection.PromotionStatus;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Axon's event storage on the ledger. The status row is written in the transaction of the events. Tracking is not offered:
 * projections over the whole log read the ledger themselves, which is several times as fast.
 */
final class LedgerEventStorageEngine implements EventStorageEngine {

    private static final String TYPE = "Promotion";

    /** Under this name the unit of work carries the events after the snapshot. */
    private static final String TAIL = "tail";

    /** Under this name, that the promotion was not read. */
    private static final String UNREAD = "unread";

    private final Ledger ledger;
    private final EventCodec codec;
    private final EngineMetrics metrics;
    private final KnownPromotions known = new KnownPromotions();

    LedgerEventStorageEngine(Ledger ledger, EventCodec codec, EngineMetrics metrics) {
        this.ledger = ledger;
        this.codec = codec;
        this.metrics = metrics;
    }

    /** Whether what is known of a promotion need not be compared with the ledger before something is appended to it. */
    boolean remembers(PromotionId promotion) {
        KnownPromotion before = known.of(promotion);
        return before != null && ledger.remembers(promotion, before.last().sequence());
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        var stored = new ArrayList<StoredEvent>(events.size());
        for (EventMessage<?> message : events) {
            var event = (DomainEventMessage<?>) message;
            stored.add(codec.encode(
                    new PromotionId(event.getAggregateIdentifier()), event.getSequenceNumber(), (PromotionEvent)
                            event.getPayload()));
        }
        UnitOfWork<?> work = CurrentUnitOfWork.get().root();
        Promotion promotion = work.getResource(PromotionAggregate.STATE);
        PromotionMessage command = (PromotionMessage) work.getMessage().getPayload();
        StoredEvent last = stored.getLast();
        StatusRow status = PromotionStatus.row(promotion, last.sequence(), last.at());
        known.forget(last.promotion());
        boolean unread = work.getResource(UNREAD) != null;
        append(new Entry(stored, status, command.fence(), command.documents(), unread));
        known.put(last.promotion(), new KnownPromotion(promotion, last));
    }

    private void append(Entry entry) {
        long start = System.nanoTime();
        AppendOutcome outcome = AppendOutcome.FAILED;
        try (LedgerSession session = ledger.open()) {
            session.append(entry);
            outcome = AppendOutcome.APPENDED;
        } catch (LedgerException e) {
            outcome = AppendOutcome.of(e.kind());
            throw e;
        } finally {
            metrics.record(new Measurement.Append(outcome, Duration.ofNanos(System.nanoTime() - start)));
        }
    }

    @Override
    public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
        PromotionId promotion = new PromotionId(aggregateIdentifier);
        List<StoredEvent> found = CurrentUnitOfWork.get().root().getResource(TAIL);
        if (found == null || firstSequenceNumber == 0) {
            try (LedgerSession session = ledger.open()) {
                found = session.read(promotion, firstSequenceNumber);
            }
        }
        return DomainEventStream.of(found.stream()
                .map(event -> new GenericDomainEventMessage<>(
                        TYPE, aggregateIdentifier, event.sequence(), codec.decode(event))));
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
        try (LedgerSession session = ledger.open()) {
            return session.status(new PromotionId(aggregateIdentifier)).map(row -> row.sequence());
        }
    }

    /**
     * The promotion as it was after its last event known here, if the ledger still has that event; what has come since is
     * read along with it, for {@link #readEvents}.
     */
    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        PromotionId promotion = new PromotionId(aggregateIdentifier);
        KnownPromotion before = known.of(promotion);
        if (before == null) {
            return Optional.empty();
        }
        long sequence = before.last().sequence();
        UnitOfWork<?> work = CurrentUnitOfWork.get().root();
        if (((PromotionMessage) work.getMessage().getPayload()).unread()) {
            work.resources().put(UNREAD, true);
            work.resources().put(TAIL, List.of());
            return Optional.of(new GenericDomainEventMessage<>(TYPE, aggregateIdentifier, sequence, before));
        }
        List<StoredEvent> found;
        try (LedgerSession session = ledger.open()) {
            found = session.read(promotion, sequence);
        }
        if (found.isEmpty() || !before.isAfter(found.getFirst())) {
            known.forget(promotion);
            return Optional.empty();
        }
        work.resources().put(TAIL, found.subList(1, found.size()));
        return Optional.of(new GenericDomainEventMessage<>(TYPE, aggregateIdentifier, sequence, before));
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new IllegalStateException("snapshots are not taken");
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(
            @Nullable TrackingToken trackingToken, boolean mayBlock) {
        throw new IllegalStateException("the ledger is scanned, not tracked");
    }
}
