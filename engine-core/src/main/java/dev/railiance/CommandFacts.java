package dev.railiance;

import dev.railiance.ledger.LedgerSession.OnTarget;
import dev.railiance.projection.LedgerView;
import dev.railiance.promotion.Facts;
import dev.railiance.promotion.Lifecycle;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What the world is like when a command is decided; only what matters for it is looked up. Safe for several threads. */
final class CommandFacts {

    private final EngineSettings settings;

    CommandFacts(EngineSettings settings) {
        this.settings = settings;
    }

    /** For a promotion that is about to be opened, which needs neither a free target nor an open window. */
    Facts opening() {
        return Facts.at(now(), settings.actor());
    }

    Facts of(LedgerView ledger, Promotion promotion, PromotionCommand command) {
        Instant now = now();
        boolean asksForTarget = Lifecycle.asksForTarget(command.trigger());
        boolean asksForRules = ProductionRules.matterFor(command);
        OnTarget onTarget = asksForTarget || asksForRules ? ledger.onTarget(promotion.target()) : OnTarget.NOTHING;
        return new Facts(
                now,
                settings.actor(),
                asksForTarget ? onTarget.holder() : Optional.empty(),
                Lifecycle.asksForFreeze(command.trigger())
                        ? FreezeWindows.closing(ledger, promotion, command, now)
                        : Optional.empty(),
                asksForRules && ProductionRules.changed(ledger, promotion, onTarget.production()));
    }

    private Instant now() {
        return settings.clock().instant().truncatedTo(ChronoUnit.MICROS);
    }
}
