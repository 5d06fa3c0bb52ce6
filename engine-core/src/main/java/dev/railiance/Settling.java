package dev.railiance;

import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Lifecycle;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.ApprovePromotion;
import dev.railiance.promotion.PromotionCommand.RevokeApproval;
import dev.railiance.promotion.PromotionId;
import java.util.List;
import java.util.Optional;

/** Tries what follows from approvals without anybody asking for it. */
final class Settling {

    private static final List<PromotionCommand> TRIED =
            List.of(new ApprovePromotion(Optional.empty()), new RevokeApproval("an approval has expired"));

    private Settling() {}

    static Outcome<Decision> of(PromotionEngine engine, PromotionId id) {
        return engine.query(view -> Outcome.done(Promotion.of(view.events(id))))
                .then(promotion -> TRIED.stream()
                        .filter(command -> Lifecycle.find(promotion.phase(), command.trigger())
                                .isPresent())
                        .findFirst()
                        .map(command -> tried(engine, id, command))
                        .orElseGet(() -> Outcome.done(unchanged())));
    }

    /** That the approvals say otherwise is no failure of anybody's. */
    private static Outcome<Decision> tried(PromotionEngine engine, PromotionId id, PromotionCommand command) {
        Outcome<Decision> decided = engine.handle(id, command);
        return decided instanceof Outcome.NotDone<Decision> not
                        && (not.failure().code() == Code.APPROVAL_MISSING
                                || not.failure().code() == Code.APPROVAL_STANDS)
                ? Outcome.done(unchanged())
                : decided;
    }

    private static Decision unchanged() {
        return new Decision.Unchanged("the approvals leave it where it is");
    }
}
