package dev.railiance;

import dev.railiance.ledger.LedgerSession;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Facts;
import dev.railiance.promotion.Lifecycle;
import dev.railiance.promotion.Mandate;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.replay.Policy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

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

    Facts of(LedgerSession session, Promotion promotion, PromotionCommand command) {
        Instant now = now();
        return new Facts(
                now,
                settings.actor(),
                Lifecycle.asksForTarget(command.trigger()) ? session.holder(promotion.target()) : Optional.empty(),
                Lifecycle.asksForFreeze(command.trigger())
                        ? freeze(session, promotion, command, now)
                        : Optional.empty());
    }

    /** By the contract that the promotion was opened under, and by that in production where it would change its windows. */
    private Optional<String> freeze(LedgerSession session, Promotion promotion, PromotionCommand command, Instant now) {
        return promotion.opening().stream()
                .flatMap(opened ->
                        Stream.concat(Stream.of(opened.contract()), opened.mandate().map(Mandate::contract).stream()))
                .flatMap(contract -> policy(session, contract).stream())
                .flatMap(policy -> policy.freeze(command, promotion.approvals(), now).stream())
                .findFirst();
    }

    private static Optional<Policy> policy(LedgerSession session, Digest contract) {
        return session.kept(contract.value()).flatMap(ContractPolicy::of);
    }

    private Instant now() {
        return settings.clock().instant().truncatedTo(ChronoUnit.MICROS);
    }
}
