package dev.railiance.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.railiance.PromotionEngine;
import dev.railiance.document.Json;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.ledger.StatusRow;
import dev.railiance.projection.Query;
import dev.railiance.projection.Statistics;
import dev.railiance.replay.HistoryGenerator.Planted;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated promotions, recorded by the engine in a real ledger and decided again from it. */
class ReplayedLedgerTest {

    private static final int PROMOTIONS = 40;

    @TempDir
    static Path directory;

    private static LedgerLocation location = new LedgerLocation(Path.of("unset"));
    private static List<Planted> planted = List.of();

    @BeforeAll
    static void aLedger() {
        location = new LedgerLocation(directory.resolve("ledger"));
        planted = GeneratedLedger.write(location, PROMOTIONS, 7).planted();
    }

    @Test
    void theRecordedPolicyFlipsNothingAndAStricterOneWhatWasPlanted() {
        ReplayReport same = GeneratedLedger.replay(location, Optional.empty());
        ReplayReport other = GeneratedLedger.replay(location, Optional.of(GeneratedHistoryTest.strict()));

        assertEquals(List.of(), same.flips());
        assertEquals(PROMOTIONS, same.promotions());
        assertEquals(same.events(), same.ledger().position());
        assertNotEquals(ReplayReport.Ledger.of(Head.EMPTY), same.ledger());
        assertNotEquals(List.of(), planted);
        assertEquals(
                planted,
                other.flips().stream()
                        .map(flip -> new Planted(flip.position(), flip.code().orElse("")))
                        .toList());
    }

    @Test
    void reportsAreTheSameBytesInEveryLocaleAndTimeZone() {
        try (var engine = PromotionEngine.open(location)) {
            String here = reports(engine);

            assertEquals(here, in(Locale.forLanguageTag("tr-TR"), "Pacific/Kiritimati", () -> reports(engine)));
            assertEquals(here, in(Locale.forLanguageTag("ar-EG-u-nu-arab"), "America/St_Johns", () -> reports(engine)));
        }
    }

    private static String reports(PromotionEngine engine) {
        ReplayReport report = GeneratedLedger.answer(
                engine, Replays.replay(Optional.empty(), Optional.of(GeneratedHistoryTest.strict())));
        StatusRow latest = GeneratedLedger.answer(engine, Query.latestStatus());
        return Json.pretty(report)
                + Json.pretty(GeneratedLedger.answer(engine, Query.statistics(Statistics.Scope.ALL)))
                + Json.pretty(
                        GeneratedLedger.answer(engine, Replays.explain(latest.promotion(), OptionalLong.empty())));
    }

    private static String in(Locale locale, String zone, Supplier<String> report) {
        Locale locals = Locale.getDefault();
        TimeZone zones = TimeZone.getDefault();
        try {
            Locale.setDefault(locale);
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            return report.get();
        } finally {
            Locale.setDefault(locals);
            TimeZone.setDefault(zones);
        }
    }
}
