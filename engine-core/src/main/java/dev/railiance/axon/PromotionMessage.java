package dev.railiance.axon;

import dev.railiance.promotion.Facts;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** A command on its way to its promotion. */
sealed interface PromotionMessage {

    PromotionCommand command();

    Facts facts();

    /** For a promotion that does not exist yet. */
    record Open(PromotionCommand.OpenPromotion command, Facts facts) implements PromotionMessage {}

    /** For one that does. */
    record Act(@TargetAggregateIdentifier PromotionId promotion, PromotionCommand command, Facts facts)
            implements PromotionMessage {}
}
