package dev.railiance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerVariables;
import dev.railiance.ledger.SharedLocation;
import dev.railiance.ledger.h2.Child;
import dev.railiance.ledger.postgresql.PostgresServer;
import dev.railiance.ledger.postgresql.RealPostgres;
import dev.railiance.projection.Query;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Phase;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Fifty processes want the same target at the same moment, and one more wants another. */
@ExtendWith(PostgresServer.class)
class TargetRaceTest {

    private static final int RACERS = 50;
    /** So many are started at once: more would only be in each other's way until they are ready. */
    private static final int AT_ONCE = 4;

    private static final Target WANTED = new Target("shop", "production");
    private static final Target OTHER = new Target("stock", "production");

    @TempDir
    Path directory;

    @Test
    void oneOfFiftyProcessesGetsTheTargetOnEitherStore(RealPostgres server) throws IOException {
        SharedLocation shared = server.newLedger();
        LedgerLocation.Embedded embedded = LedgerLocation.of(directory);
        prepare(shared);
        prepare(embedded);
        List<Child> children = new ArrayList<>();
        try {
            for (int racer = 0; racer <= RACERS; racer++) {
                children.add(Child.start(RealPostgres.variables(shared), Racer.class, racer, directory));
                if (racer >= AT_ONCE) {
                    assertEquals("loaded", children.get(racer - AT_ONCE).out().readLine());
                }
            }
            for (Child child : children.subList(RACERS + 1 - AT_ONCE, RACERS + 1)) {
                assertEquals("loaded", child.out().readLine());
            }
            assertOneWon(ends(children), shared);
            assertOneWon(ends(children), embedded);
        } finally {
            children.forEach(Child::close);
        }
    }

    private static void prepare(LedgerLocation location) {
        try (PromotionEngine engine = PromotionEngine.open(location)) {
            for (int racer = 0; racer <= RACERS; racer++) {
                validated(engine, racer);
            }
        }
    }

    /** Lets all of them go at once, and hears what each has to say. */
    private static List<String> ends(List<Child> children) throws IOException {
        for (Child child : children) {
            assertEquals("ready", child.out().readLine());
        }
        for (Child child : children) {
            child.goOn();
        }
        List<String> ends = new ArrayList<>();
        for (Child child : children) {
            ends.add(child.out().readLine());
        }
        return ends;
    }

    private static void assertOneWon(List<String> ends, LedgerLocation location) {
        assertEquals("done", ends.removeLast(), "another target is not blocked");
        assertEquals(1, ends.stream().filter("done"::equals).count(), ends::toString);
        for (String end : ends) {
            assertTrue(end.matches("done|3 TARGET_BUSY .+; .+|5 (CHANGED_CONCURRENTLY|LEDGER_BUSY) .+; .+"), end);
        }
        try (PromotionEngine engine = PromotionEngine.open(location)) {
            var rows = assertInstanceOf(Outcome.Done.class, engine.query(Query.statuses(RACERS + 1)));
            assertEquals(2, rows.value().toString().split("phase=" + Phase.CANARY_DEPLOYING, -1).length - 1);
        }
    }

    private static PromotionId id(int racer) {
        return new PromotionId(String.format(Locale.ROOT, "01890000-0000-7000-8000-%012x", racer));
    }

    private static Digest digest(String of) {
        return Digest.of(of.getBytes(StandardCharsets.UTF_8));
    }

    private static void validated(PromotionEngine engine, int racer) {
        var artifact = new Artifact("revision " + racer, false, Optional.empty(), Optional.empty(), Optional.empty());
        Target target = racer == RACERS ? OTHER : WANTED;
        engine.openPromotion(
                new OpenPromotion(
                        id(racer),
                        target,
                        artifact,
                        new Digest(RememberedPromotion.CONTRACT.digest()),
                        Samples.NO_RULES),
                RememberedPromotion.CONTRACT);
        Attempt attempt = new Attempt(new AttemptId(UUID.randomUUID().toString()), "here", racer);
        var report = new ValidationReport(Verdict.PASSED, List.of(), List.of(), Map.of());
        assertInstanceOf(Outcome.Done.class, engine.handle(id(racer), new StartValidation(attempt)));
        assertInstanceOf(Outcome.Done.class, engine.handle(id(racer), new RecordValidation(attempt.id(), report)));
    }

    /** One of the processes: says that it is ready, waits for a line, tries, and says what came of it; on both stores. */
    static final class Racer {

        private Racer() {}

        public static void main(String[] arguments) throws IOException {
            int racer = Integer.parseInt(arguments[0]);
            Path directory = Path.of(arguments[1]);
            // What a first command loads is loaded before the race, so that they meet.
            try (PromotionEngine own = PromotionEngine.open(LedgerLocation.of(directory.resolve("own-" + racer)))) {
                validated(own, racer);
            }
            LedgerLocation shared =
                    LedgerVariables.read(System.getenv(), directory).orElseThrow();
            try (PromotionEngine looking = PromotionEngine.open(shared)) {
                looking.query(Query.latestStatus());
            }
            System.out.println("loaded");
            race(racer, shared);
            race(racer, LedgerLocation.of(directory));
        }

        private static void race(int racer, LedgerLocation location) throws IOException {
            try (PromotionEngine engine = PromotionEngine.open(location)) {
                System.out.println("ready");
                int line = System.in.read();
                String end = end(engine, racer, line);
                while (racer == RACERS && end.startsWith("5 LEDGER_BUSY")) {
                    end = end(engine, racer, line);
                }
                System.out.println(end);
            }
        }

        private static String end(PromotionEngine engine, int racer, int line) {
            Attempt attempt = new Attempt(new AttemptId(UUID.randomUUID().toString()), "here", racer);
            return switch (engine.handle(id(racer), new StartCanary(attempt, digest("plan " + line)))) {
                case Outcome.Done<Decision> done -> "done";
                case Outcome.NotDone<Decision> not -> {
                    Failure failure = not.failure();
                    yield failure.code().category().exitCode() + " " + failure.code() + " " + failure.message() + "; "
                            + failure.hint();
                }
            };
        }
    }
}
