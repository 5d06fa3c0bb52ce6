package dev.railiance.axon;

import dev.railiance.ledger.Fence;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.promotion.Facts;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionId;
import java.util.List;
import java.util.function.Function;

/** A command on its way to its promotion. */
sealed interface PromotionMessage {

    PromotionId promotion();

    PromotionCommand command();

    /** The lease that the command is given under. */
    Fence fence();

    /** Whether what is remembered of the promotion will do, since the append finds out whether it still holds. */
    boolean unread();

    /** What the events will refer to. */
    List<KeptDocument> documents();

    /** For a promotion that does not exist yet. */
    record Open(PromotionCommand.OpenPromotion command, Facts facts, List<KeptDocument> documents)
            implements PromotionMessage {
        @Override
        public PromotionId promotion() {
            return command.id();
        }

        @Override
        public Fence fence() {
            return Fence.NONE;
        }

        @Override
        public boolean unread() {
            return false;
        }
    }

    /**
     * For one that does.
     *
     * @param facts what the world is like for a promotion that stands so
     */
    record Act(
            PromotionId promotion,
            PromotionCommand command,
            Function<Promotion, Facts> facts,
            Fence fence,
            boolean unread,
            List<KeptDocument> documents)
            implements PromotionMessage {}
}
