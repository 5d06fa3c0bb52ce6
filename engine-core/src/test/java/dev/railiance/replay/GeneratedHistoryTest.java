package dev.railiance.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.contract.Freeze;
import dev.railiance.contract.value.WeeklyWindow;
import dev.railiance.contract.value.WeeklyWindow.WeekTime;
import dev.railiance.promotion.Decider;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Facts;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionId;
import dev.railiance.replay.HistoryGenerator.Planted;
import dev.railiance.replay.ReplayReport.Outcome;
import dev.railiance.statemachine.SpringTransitions;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A thousand promotions, decided again under the recorded policy and under one that must flip what was planted. */
class GeneratedHistoryTest {

    private static final List<Recorded> HISTORY = new ArrayList<>();
    private static HistoryGenerator generator = new HistoryGenerator(new Memory(), 0);

    @BeforeAll
    static void aThousandPromotions() {
        generator = new HistoryGenerator(new Memory(), 20260105);
        generator.generate(1000);
    }

    /** Decides in memory. */
    private static final class Memory implements HistoryGenerator.Book {
        private final Decider decider = new Decider(new SpringTransitions());
        private final Map<PromotionId, Promotion> states = new HashMap<>();
        private final Map<PromotionId, Long> sequences = new HashMap<>();

        @Override
        public Decision tell(PromotionId promotion, PromotionCommand command, Facts facts) {
            Decision decision = decider.decide(states.getOrDefault(promotion, Promotion.NEW), command, facts);
            if (decision instanceof Decision.Accepted accepted) {
                for (PromotionEvent event : accepted.events()) {
                    states.put(
                            promotion,
                            states.getOrDefault(promotion, Promotion.NEW).evolve(event));
                    long sequence = sequences.merge(promotion, 0L, (last, zero) -> last + 1);
                    HISTORY.add(new Recorded(HISTORY.size() + 1L, promotion, sequence, event));
                }
            }
            return decision;
        }
    }

    @Test
    void theHistoryGoesThroughEveryPhase() {
        Set<Phase> missing = new HashSet<>(Arrays.asList(Phase.values()));
        missing.removeAll(generator.phasesSeen().keySet());
        assertEquals(Set.of(Phase.NEW), missing);
        assertEquals(generator.events(), HISTORY.size());
    }

    @Test
    void underTheRecordedPolicyNothingFlips() {
        ReplayReport report = replay(Optional.empty());

        assertEquals(List.of(), report.flips());
        assertEquals(Outcome.UNCHANGED, report.outcome());
        assertEquals(1000, report.promotions());
        assertEquals(0, report.decisions().notFollowed());
    }

    @Test
    void underAStricterPolicyWhatWasPlantedFlipsAndNothingElse() {
        ReplayReport report = replay(Optional.of(strict()));

        assertEquals(Outcome.FLIPPED, report.outcome());
        assertEquals(
                generator.planted(),
                report.flips().stream()
                        .map(flip -> new Planted(flip.position(), flip.code().orElse("")))
                        .toList());
        assertTrue(report.flips().stream().allMatch(flip -> flip.under().equals(Flip.POLICY)));
        Set<String> codes = new HashSet<>();
        generator.planted().forEach(planted -> codes.add(planted.code()));
        assertEquals(9, codes.size(), () -> "every peculiarity came up: " + codes);
    }

    @Test
    void promotionsOfOtherTargetsAreLeftOutAndCounted() {
        ReplayReport report = replay(Optional.of(strict()));

        assertEquals(
                List.of("mail/production 250", "shop/staging 250"),
                report.leftOut().stream()
                        .map(left -> left.app() + "/" + left.environment() + " " + left.promotions())
                        .toList());
    }

    static Policy strict() {
        List<Freeze> nights = Stream.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
                .<Freeze>map(day -> new Freeze.Weekly(
                        "night of " + day,
                        new WeeklyWindow(
                                WeekTime.parse(day + " 00:00").orElseThrow(),
                                WeekTime.parse(day + " 05:00").orElseThrow(),
                                ZoneOffset.UTC),
                        OptionalInt.empty()))
                .toList();
        return new Policy(
                HistoryGenerator.WATCHED, Traveller.digest("new contract"), HistoryGenerator.strict(), nights);
    }

    private static ReplayReport replay(Optional<Policy> policy) {
        return Histories.replay(HISTORY, policy);
    }
}
