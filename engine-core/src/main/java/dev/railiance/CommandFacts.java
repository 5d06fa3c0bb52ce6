package dev.railiance;

import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.projection.LedgerView;
import dev.railiance.promotion.Facts;
import dev.railiance.promotion.Lifecycle;
import dev.railiance.promotion.Mandate;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the world is like when a command is decided; only what matters for it is looked up. */
final class CommandFacts {

    private final EngineSettings settings;
    private final Supplier<EventCodec> codec;

    CommandFacts(EngineSettings settings, Supplier<EventCodec> codec) {
        this.settings = settings;
        this.codec = codec;
    }

    /** For a promotion that is about to be opened, which needs neither a free target nor an open window. */
    Facts opening() {
        return Facts.at(now(), settings.actor());
    }

    Facts of(LedgerSession session, PromotionId promotion, PromotionCommand command, Target target) {
        Instant now = now();
        return new Facts(
                now,
                settings.actor(),
                Lifecycle.asksForTarget(command.trigger()) ? session.holder(target) : Optional.empty(),
                Lifecycle.asksForFreeze(command.trigger())
                        ? freeze(session, promotion, command, now)
                        : Optional.empty());
    }

    /** By the contract that the promotion was opened under, and by that in production where it would change its windows. */
    private Optional<String> freeze(LedgerSession session, PromotionId id, PromotionCommand command, Instant now) {
        Promotion promotion = Promotion.of(new LedgerView(Optional.of(session), codec).events(id));
        return promotion.opening().stream()
                .flatMap(opened ->
                        Stream.concat(Stream.of(opened.contract()), opened.mandate().map(Mandate::contract).stream()))
                .flatMap(contract -> session.kept(contract.value()).stream())
                .flatMap(text -> ContractPolicy.of(text).stream())
                .flatMap(policy -> policy.freeze(command, promotion.approvals(), now).stream())
                .findFirst();
    }

    private Instant now() {
        return settings.clock().instant().truncatedTo(ChronoUnit.MICROS);
    }
}
