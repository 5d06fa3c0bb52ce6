package dev.railiance.replay;

import dev.railiance.PromotionEngine;
import dev.railiance.axon.Promotions;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.Fence;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.h2.H2Ledger;
import dev.railiance.projection.Query;
import dev.railiance.promotion.Decider;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Facts;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.OpenPromotion;
import dev.railiance.promotion.PromotionId;
import dev.railiance.statemachine.SpringTransitions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Writes generated promotions into a real ledger, each command a durable commit through the command bus, and decides them
 * again: {@code GeneratedLedger DIRECTORY [PROMOTIONS] [SEED]}.
 */
final class GeneratedLedger {

    private GeneratedLedger() {}

    /** Fills a ledger; what the strict policy must decide otherwise is in the generator. */
    static HistoryGenerator write(LedgerLocation.Embedded location, int promotions, long seed) {
        var decider = new Decider(new SpringTransitions());
        try (var ledger = new H2Ledger(location);
                var bus = new Promotions(ledger, new EventCodec(), decider)) {
            var generator = new HistoryGenerator(
                    (promotion, command, facts) -> tell(bus, decider, promotion, command, facts), seed);
            // The store stays open from one command to the next.
            try (LedgerSession session = ledger.open()) {
                generator.generate(promotions);
            }
            return generator;
        }
    }

    private static Decision tell(
            Promotions bus, Decider decider, PromotionId promotion, PromotionCommand command, Facts facts) {
        if (command instanceof OpenPromotion open) {
            bus.open(open, facts, List.of());
            return decider.decide(Promotion.NEW, open, facts);
        }
        return bus.handle(promotion, command, state -> facts, Fence.NONE)
                .orElseThrow()
                .decision();
    }

    static ReplayReport replay(LedgerLocation location, Optional<Policy> policy) {
        try (var engine = PromotionEngine.open(location)) {
            return answer(engine, Replays.replay(Optional.empty(), policy));
        }
    }

    static <T> T answer(PromotionEngine engine, Query<T> query) {
        return switch (engine.query(query)) {
            case Outcome.Done<T> done -> done.value();
            case Outcome.NotDone<T> not ->
                throw new IllegalStateException(not.failure().message());
        };
    }

    public static void main(String[] arguments) {
        var location = new LedgerLocation.Embedded(Path.of(arguments[0]));
        int promotions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1000;
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 20260105;
        long start = System.nanoTime();
        HistoryGenerator generator = write(location, promotions, seed);
        System.out.println(promotions + " promotions, " + generator.events() + " events written in "
                + since(start).toMillis() + " ms");
        long recorded = System.nanoTime();
        ReplayReport same = replay(location, Optional.empty());
        System.out.println("recorded policy: " + same.decisions().recorded() + " decisions, "
                + same.flips().size() + " flips, " + since(recorded).toMillis() + " ms");
        long strict = System.nanoTime();
        ReplayReport other = replay(location, Optional.of(GeneratedHistoryTest.strict()));
        var found = other.flips().stream()
                .map(flip -> new HistoryGenerator.Planted(
                        flip.position(), flip.code().orElse("")))
                .toList();
        System.out.println("strict policy: " + other.decisions().policy().orElse(0L) + " decisions, " + found.size()
                + " flips, " + generator.planted().size() + " planted, the same: "
                + found.equals(generator.planted()) + ", " + since(strict).toMillis() + " ms");
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
