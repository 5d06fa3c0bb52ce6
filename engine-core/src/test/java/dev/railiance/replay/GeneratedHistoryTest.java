package dev.railiance.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.contract.Freeze;
import dev.railiance.contract.value.WeeklyWindow;
import dev.railiance.contract.value.WeeklyWindow.WeekTime;
import dev.railiance.promotion.Phase;
import dev.railiance.replay.HistoryGenerator.Planted;
import dev.railiance.replay.ReplayReport.Outcome;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A thousand promotions, decided again under the recorded policy and under one that must flip what was planted. */
class GeneratedHistoryTest {

    private static final Memory LEDGER = new Memory();
    private static final HistoryGenerator GENERATOR = new HistoryGenerator(LEDGER, 20260105);

    @BeforeAll
    static void aThousandPromotions() {
        GENERATOR.generate(1000);
    }

    @Test
    void theHistoryGoesThroughEveryPhase() {
        Set<Phase> missing = new HashSet<>(Arrays.asList(Phase.values()));
        missing.removeAll(GENERATOR.phasesSeen().keySet());
        assertEquals(Set.of(Phase.NEW), missing);
        assertEquals(GENERATOR.events(), LEDGER.history().size());
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
                GENERATOR.planted(),
                report.flips().stream()
                        .map(flip -> new Planted(flip.position(), flip.code().orElse("")))
                        .toList());
        assertTrue(report.flips().stream().allMatch(flip -> flip.under().equals(Flip.POLICY)));
        Set<String> codes = new HashSet<>();
        GENERATOR.planted().forEach(planted -> codes.add(planted.code()));
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
        return Histories.replay(LEDGER.history(), policy);
    }
}
