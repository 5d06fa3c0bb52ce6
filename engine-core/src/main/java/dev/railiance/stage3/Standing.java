package dev.railiance.stage3;

import dev.railiance.promotion.Guard;
import dev.railiance.promotion.Lifecycle;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent.PromoteStarted;
import dev.railiance.promotion.Trigger;
import dev.railiance.stage2.Known;

/** Where promotions stand on their way to production and back, by what the lifecycle lets happen next. */
public final class Standing {

    private Standing() {}

    /** Whether production may be changed next. */
    public static boolean approved(Promotion promotion) {
        return allows(promotion, Trigger.START_PROMOTE);
    }

    /** Whether production is being changed. */
    public static boolean promoting(Promotion promotion) {
        return allows(promotion, Trigger.COMPLETE_PROMOTE);
    }

    /** Whether it is in production. */
    public static boolean inProduction(Promotion promotion) {
        return allows(promotion, Trigger.SUPERSEDE);
    }

    /** Whether the previous state is being restored. */
    public static boolean rollingBack(Promotion promotion) {
        return allows(promotion, Trigger.COMPLETE_ROLLBACK);
    }

    /** Whether something of it may be taken back. */
    public static boolean mayRollBack(Promotion promotion) {
        return allows(promotion, Trigger.START_ROLLBACK);
    }

    /** Whether the lifecycle asks a condition before something of it is taken back. */
    public static boolean rollbackAsks(Promotion promotion, Guard guard) {
        return Lifecycle.find(promotion.phase(), Trigger.START_ROLLBACK)
                .filter(row -> row.guards().contains(guard))
                .isPresent();
    }

    /** Whether production was touched, whatever came of it. */
    public static boolean touchedProduction(Known known) {
        return known.last(PromoteStarted.class).isPresent();
    }

    private static boolean allows(Promotion promotion, Trigger trigger) {
        return Lifecycle.find(promotion.phase(), trigger).isPresent();
    }
}
