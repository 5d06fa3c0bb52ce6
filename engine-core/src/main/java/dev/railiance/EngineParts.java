package dev.railiance;

import dev.railiance.effect.Deployer;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.Ledger;
import dev.railiance.process.Cancellation;
import dev.railiance.process.Processes;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionId;
import dev.railiance.stage2.Known;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** What every piece of work of an engine is done with. */
record EngineParts(
        PromotionEngine engine, Ledger ledger, Processes processes, EngineSettings settings, Identities identities) {

    Instant now() {
        return settings.clock().instant();
    }

    /** A promotion as the ledger has it now, whatever else there is on its target. */
    Outcome<Known> known(PromotionId id) {
        return engine.query(view -> Outcome.done(new Known(view.events(id), Optional.empty(), Optional.empty())));
    }

    /** The freeze window that keeps a promotion from what it would begin now, if any does. */
    Outcome<Optional<String>> freeze(Promotion promotion, Function<Attempt, PromotionCommand> start) {
        PromotionCommand command = start.apply(new Attempt(identities.attempt(), settings.host(), 0));
        return engine.query(view -> Outcome.done(FreezeWindows.closing(view, promotion, command, now())));
    }

    /** Somebody who deploys to a namespace, where this engine was made with one. */
    Outcome<Deployer> deployer(Optional<String> context, String namespace, Cancellation cancellation) {
        return settings.deployers()
                .map(factory -> factory.create(processes, settings.environment(), context, namespace, cancellation))
                .orElseGet(() -> Outcome.notDone(
                        new Failure(Code.TOOL_UNAVAILABLE, "this engine was made without anything that deploys", "")));
    }
}
