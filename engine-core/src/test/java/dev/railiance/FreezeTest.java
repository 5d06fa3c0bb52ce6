package dev.railiance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.projection.RunResult;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionCommand.OpenPromotion;
import dev.railiance.promotion.PromotionCommand.RecordValidation;
import dev.railiance.promotion.PromotionCommand.StartCanary;
import dev.railiance.promotion.PromotionCommand.StartValidation;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Samples;
import dev.railiance.promotion.Target;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Freeze windows hold whoever commands, by the contract in the ledger and the clock of its zone. */
class FreezeTest {

    private static final Attempt ATTEMPT =
            new Attempt(new AttemptId("00000000-0000-4000-8000-000000000001"), "runner-7", 1);

    @TempDir
    Path repository;

    @TempDir
    Path ledgers;

    @BeforeEach
    void declare() throws IOException {
        Files.createDirectories(repository.resolve("railiance"));
        Files.writeString(repository.resolve("railiance/app.toml"), """
                schema = "railiance.app.v1"

                [app]
                name = "shop"

                [owner]
                team = "web"

                [stage1]

                [[stage1.commands]]
                name = "build"
                argv = ["/bin/true"]
                timeout = "10s"

                [[freeze]]
                name = "year end"
                from = 2026-12-18T18:00:00+01:00
                to = 2027-01-04T08:00:00+01:00

                [[freeze]]
                name = "weekend"
                weekly = { from = "Fri 16:00", to = "Mon 08:00", zone = "Europe/Berlin" }
                """);
    }

    @Test
    void nothingIsDeployedInAWindowAndEverythingBesideIt() throws IOException {
        assertEquals("FROZEN", deployed("2026-12-22T10:00:00Z"));
        assertEquals("FROZEN", deployed("2026-12-18T17:00:00Z"));
        assertEquals("deployed", deployed("2026-12-17T17:00:00Z"));
        assertEquals("deployed", deployed("2027-01-04T07:00:00Z"));
    }

    @Test
    void aWeeklyWindowGoesByTheClockOfItsZoneSummerAndWinter() throws IOException {
        // Friday 16:00 in Berlin is 14:00 UTC in summer and 15:00 UTC in winter.
        assertEquals("deployed", deployed("2026-07-10T13:59:59Z"));
        assertEquals("FROZEN", deployed("2026-07-10T14:00:00Z"));
        assertEquals("deployed", deployed("2026-11-13T14:59:59Z"));
        assertEquals("FROZEN", deployed("2026-11-13T15:00:00Z"));
        // The night in which the clock is put back: Monday 08:00 is an hour later in UTC than the week before.
        assertEquals("deployed", deployed("2026-10-19T06:00:00Z"));
        assertEquals("FROZEN", deployed("2026-10-26T06:59:59Z"));
        assertEquals("deployed", deployed("2026-10-26T07:00:00Z"));
    }

    @Test
    void aKeptContractThatCannotBeReadMayHaveAWindow() throws IOException {
        var id = new PromotionId("01970000-0000-7000-8000-000000000001");
        var artifact = new Artifact("4f2c9e1d5b7a", false, Optional.empty(), Optional.empty(), Optional.empty());
        KeptDocument contract = KeptDocument.of("schema = \"railiance.app.v2\"\n");
        try (PromotionEngine engine = engine("2026-12-17T17:00:00Z")) {
            engine.openPromotion(
                    new OpenPromotion(
                            id,
                            new Target("shop", "production"),
                            artifact,
                            new Digest(contract.digest()),
                            Samples.NO_RULES),
                    contract);
            assertInstanceOf(Outcome.Done.class, engine.handle(id, new StartValidation(ATTEMPT)));
            assertInstanceOf(
                    Outcome.Done.class,
                    engine.handle(
                            id,
                            new RecordValidation(
                                    ATTEMPT.id(),
                                    new ValidationReport(Verdict.PASSED, List.of(), List.of(), Map.of()))));
            assertEquals("FROZEN", deployed(engine, id));
        }
    }

    private String deployed(String now) throws IOException {
        try (PromotionEngine engine = engine(now)) {
            var run = assertInstanceOf(Outcome.Done.class, engine.run(RunRequest.of(repository)));
            return deployed(engine, new PromotionId(((RunResult) run.value()).promotionId()));
        }
    }

    private PromotionEngine engine(String now) throws IOException {
        return PromotionEngine.open(new EngineSettings(
                new LedgerLocation.Embedded(Files.createTempDirectory(ledgers, "ledger-")),
                new Actor("ada"),
                "runner-7",
                Map.of("PATH", "/usr/bin:/bin"),
                InstantSource.fixed(Instant.parse(now)),
                Optional.empty()));
    }

    private static String deployed(PromotionEngine engine, PromotionId id) {
        return switch (engine.handle(id, new StartCanary(ATTEMPT, Digest.of(new byte[0])))) {
            case Outcome.Done<Decision> done -> "deployed";
            case Outcome.NotDone<Decision> not -> {
                Code code = not.failure().code();
                yield code.name();
            }
        };
    }
}
