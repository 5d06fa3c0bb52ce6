package dev.railiance.axon;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.railiance.promotion.Decider;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Facts;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionId;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** The promotion as Axon sees it: a shell that delegates to decide and evolve. It runs no tool and knows no rule. */
final class PromotionAggregate {

    /** Under this name the unit of work carries the promotion as it is after its events. */
    static final String STATE = "promotion";

    @AggregateIdentifier
    @Nullable
    PromotionId id;

    private Promotion promotion = Promotion.NEW;

    /** Made by Axon, before it replays the events. */
    PromotionAggregate() {}

    @CommandHandler
    PromotionAggregate(PromotionMessage.Open message, Decider decider) {
        record(decider.decide(promotion, message.command(), message.facts()));
    }

    @CommandHandler
    Judgement handle(PromotionMessage.Act message, Decider decider) {
        Promotion before = promotion;
        Facts facts = message.facts().apply(promotion);
        return new Judgement(before, record(decider.decide(promotion, message.command(), facts)));
    }

    @EventSourcingHandler
    void from(KnownPromotion known) {
        promotion = known.state();
        id = promotion.id();
    }

    @EventSourcingHandler
    void on(PromotionEvent event) {
        promotion = promotion.evolve(event);
        id = promotion.id();
    }

    private Decision record(Decision decision) {
        if (decision instanceof Decision.Accepted accepted) {
            // Folded here too: in a constructor Axon hands the events to on(…) only after it has returned.
            Promotion after = promotion;
            for (PromotionEvent event : accepted.events()) {
                after = after.evolve(event);
                apply(event);
            }
            CurrentUnitOfWork.get().root().resources().put(STATE, after);
        }
        return decision;
    }
}
