package dev.railiance.axon;

import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.Fence;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerException;
import dev.railiance.metric.EngineMetrics;
import dev.railiance.promotion.Decider;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Facts;
import dev.railiance.promotion.ImpossibleHistory;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.OpenPromotion;
import dev.railiance.promotion.PromotionId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/** All promotions of a ledger, commanded through Axon's command bus. Wired by hand; nothing of Axon phones home. */
public final class Promotions implements AutoCloseable {

    private final CommandBus bus;
    private final LedgerEventStorageEngine storage;
    private final EmbeddedEventStore store;

    /** Promotions of {@code ledger}, decided by {@code decider}. */
    public Promotions(Ledger ledger, EventCodec codec, Decider decider) {
        this(ledger, codec, decider, EngineMetrics.NONE);
    }

    /** The same, with somebody who is told of every append. */
    public Promotions(Ledger ledger, EventCodec codec, Decider decider, EngineMetrics metrics) {
        storage = new LedgerEventStorageEngine(ledger, codec, metrics);
        store = EmbeddedEventStore.builder().storageEngine(storage).build();
        var parameters = MultiParameterResolverFactory.ordered(List.of(
                ClasspathParameterResolverFactory.forClass(PromotionAggregate.class),
                new SimpleResourceParameterResolverFactory(List.of(decider))));
        var repository = EventSourcingRepository.builder(PromotionAggregate.class)
                .eventStore(store)
                .parameterResolverFactory(parameters)
                .build();
        bus = SimpleCommandBus.builder().build();
        AggregateAnnotationCommandHandler.<PromotionAggregate>builder()
                .aggregateType(PromotionAggregate.class)
                .parameterResolverFactory(parameters)
                .repository(repository)
                // Axon's own resolver looks for annotations at every command.
                .commandTargetResolver(command -> new VersionedAggregateIdentifier(
                        (Object) ((PromotionMessage) command.getPayload())
                                .promotion()
                                .value(),
                        null))
                .build()
                .subscribe(bus);
    }

    /** Opens a promotion, and keeps the documents that it refers to; always accepted, for there is none of this id yet. */
    public void open(OpenPromotion command, Facts facts, List<KeptDocument> documents) {
        dispatch(new PromotionMessage.Open(command, facts, documents));
    }

    /** Decides a command whose events refer to no document. */
    public Optional<Judgement> handle(
            PromotionId promotion, PromotionCommand command, Function<Promotion, Facts> facts, Fence fence) {
        return handle(promotion, command, facts, fence, List.of());
    }

    /**
     * Decides a command on a promotion and appends what follows; empty if there is no such promotion.
     *
     * @param facts what the world is like for a promotion that stands so; asked once
     * @param fence of the lease that the command is given under
     * @param documents that its events refer to, kept with them
     * @throws LedgerException if the ledger cannot be read or written, or somebody else was faster
     */
    public Optional<Judgement> handle(
            PromotionId promotion,
            PromotionCommand command,
            Function<Promotion, Facts> facts,
            Fence fence,
            List<KeptDocument> documents) {
        Optional<Judgement> judged = storage.remembers(promotion)
                ? judgedFromMemory(new PromotionMessage.Act(promotion, command, facts, fence, true, documents))
                : Optional.empty();
        return judged.isPresent()
                ? judged
                : judged(new PromotionMessage.Act(promotion, command, facts, fence, false, documents));
    }

    private Optional<Judgement> judged(PromotionMessage message) {
        try {
            return Optional.of((Judgement) dispatch(message));
        } catch (AggregateNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Only what was appended is true of the ledger: anything else may come from a memory that no longer holds. */
    private Optional<Judgement> judgedFromMemory(PromotionMessage message) {
        try {
            return judged(message).filter(judgement -> judgement.decision() instanceof Decision.Accepted);
        } catch (LedgerException e) {
            // Whether the target is held is found out before whether the promotion still ends as it is remembered.
            if (e.kind() != LedgerException.Kind.CONFLICT && e.kind() != LedgerException.Kind.TARGET_HELD) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Object dispatch(PromotionMessage message) {
        var result = dispatched(message);
        if (result.isExceptional()) {
            // Axon wraps what storage and fold throw; callers know the exceptions themselves.
            for (Throwable cause = result.exceptionResult(); cause != null; cause = cause.getCause()) {
                if (cause instanceof LedgerException ledger) {
                    throw ledger;
                }
                if (cause instanceof ImpossibleHistory damaged) {
                    throw damaged;
                }
                if (cause instanceof AggregateNotFoundException unknown) {
                    throw unknown;
                }
            }
            throw new IllegalStateException("a command could not be handled", result.exceptionResult());
        }
        return result.getPayload();
    }

    /** Whoever was interrupted records what came of it all the same: Axon would not even wait for a lock that is free. */
    private CommandResultMessage<?> dispatched(PromotionMessage message) {
        boolean interrupted = Thread.interrupted();
        try {
            var callback = new FutureCallback<Object, Object>();
            bus.dispatch(new GenericCommandMessage<Object>(message), callback);
            return callback.getResult();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        store.shutDown();
    }
}
