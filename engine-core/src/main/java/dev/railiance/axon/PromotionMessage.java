package dev.railiance.axon;

import dev.railiance.ledger.Fence;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.promotion.Facts;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionId;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** A command on its way to its promotion. */
sealed interface PromotionMessage {

    PromotionCommand command();

    Facts facts();

    /** The lease that the command is given under. */
    Fence fence();

    /** What the events will refer to. */
    List<KeptDocument> documents();

    /** For a promotion that does not exist yet. */
    record Open(PromotionCommand.OpenPromotion command, Facts facts, List<KeptDocument> documents)
            implements PromotionMessage {
        @Override
        public Fence fence() {
            return Fence.NONE;
        }
    }

    /** For one that does. */
    record Act(@TargetAggregateIdentifier PromotionId promotion, PromotionCommand command, Facts facts, Fence fence)
            implements PromotionMessage {
        @Override
        public List<KeptDocument> documents() {
            return List.of();
        }
    }
}
