package dev.railiance.promotion;

import java.time.Instant;
import java.util.Optional;

/**
 * What the world was like when a command was decided. The domain has no clock and looks nothing up.
 *
 * @param now the time, in UTC
 * @param actor who acts
 * @param targetHolder the promotion in flight on the target, whichever it is
 * @param freeze the name of a freeze window that is open and not overridden
 * @param rulesChanged whether other rules have come into production since the promotion was opened, where that matters
 */
public record Facts(
        Instant now, Actor actor, Optional<PromotionId> targetHolder, Optional<String> freeze, boolean rulesChanged) {

    /** Facts about a promotion whose rules still hold. */
    public Facts(Instant now, Actor actor, Optional<PromotionId> targetHolder, Optional<String> freeze) {
        this(now, actor, targetHolder, freeze, false);
    }

    /** Facts in which nothing stands in the way. */
    public static Facts at(Instant now, Actor actor) {
        return new Facts(now, actor, Optional.empty(), Optional.empty());
    }
}
