package dev.railiance.promotion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.railiance.promotion.Decision.Accepted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Long random walks through the lifecycle. A walk that fails is shrunk, and its commands are told in the message. */
class RandomWalkTest {

    private final Decider decider = new Decider(new TableTransitions());

    /** A step to be: which of the commands, in which of the worlds, and whether any may be chosen or one that leads on. */
    record Turn(int command, int facts, boolean reckless) {

        PromotionCommand commandIn(Promotion state, Alphabet world, Decider decider) {
            List<PromotionCommand> all = world.commands(state);
            for (int offset = 0; offset < all.size() && !reckless; offset++) {
                PromotionCommand candidate = all.get((command + offset) % all.size());
                if (leadsOn(state, candidate, decider)) {
                    return candidate;
                }
            }
            return all.get(command % all.size());
        }

        /** Most turns go on with the journey: a walk that gave up at its first crossing would see little. */
        private static boolean leadsOn(Promotion state, PromotionCommand candidate, Decider decider) {
            return candidate.trigger() != Trigger.ABORT
                    && (candidate.trigger() != Trigger.START_ROLLBACK || state.phase() == Phase.PROMOTED)
                    && decider.decide(state, candidate, Samples.calm()) instanceof Accepted;
        }

        Facts factsFor(PromotionCommand chosen) {
            List<Facts> choice = Alphabet.facts(chosen);
            return choice.get(facts % choice.size());
        }
    }

    @Provide
    Arbitrary<Alphabet> worlds() {
        return Arbitraries.of(Alphabet.worlds());
    }

    @Provide
    Arbitrary<List<Turn>> walks() {
        Arbitrary<Turn> turns = Combinators.combine(
                        Arbitraries.integers().between(0, 999),
                        Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 1), Tuple.of(1, 2)),
                        Arbitraries.of(false, false, false, false, true))
                .as(Turn::new);
        return turns.list().ofMinSize(1).ofMaxSize(100).withSizeDistribution(RandomDistribution.uniform());
    }

    @Property(tries = 1000)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void liveStateIsTheFoldOfTheHistoryEndsAbsorbAndNoInvariantBreaks(
            @ForAll("worlds") Alphabet world, @ForAll("walks") List<Turn> walk) {
        Promotion state = Promotion.NEW;
        var history = new ArrayList<PromotionEvent>();
        var told = new StringBuilder();
        for (Turn turn : walk) {
            PromotionCommand command = turn.commandIn(state, world, decider);
            Facts facts = turn.factsFor(command);
            told.append('\n')
                    .append(state.phase())
                    .append(": ")
                    .append(command)
                    .append(" in ")
                    .append(facts);
            if (decider.decide(state, command, facts) instanceof Accepted accepted) {
                assertFalse(state.phase().end(), told::toString);
                assertEquals(Optional.empty(), Invariant.brokenBy(history, accepted.events(), facts), told::toString);
                for (PromotionEvent event : accepted.events()) {
                    state = state.evolve(event);
                    history.add(event);
                }
            }
        }
        assertEquals(state, Promotion.of(history), told::toString);
        Statistics.label("last phase")
                .collect(state.phase())
                .coverage(coverage -> coverage.check(Phase.ROLLED_BACK).count(count -> count > 5));
        Statistics.label("was in production")
                .collect(history.stream().anyMatch(event -> event.type().equals("promotion.promoted")))
                .coverage(coverage -> coverage.check(true).count(count -> count > 5));
    }
}
