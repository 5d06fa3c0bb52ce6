package dev.railiance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.Fence;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.metric.EngineMetrics;
import dev.railiance.metric.micrometer.MicrometerMetrics;
import dev.railiance.projection.Query;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.AbortPromotion;
import dev.railiance.promotion.PromotionCommand.OpenPromotion;
import dev.railiance.promotion.PromotionCommand.RecordValidation;
import dev.railiance.promotion.PromotionCommand.StartValidation;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Samples;
import dev.railiance.promotion.Target;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredEngineTest {

    private static final PromotionId ID = new PromotionId("01890000-0000-7000-8000-000000000001");
    private static final PromotionId UNKNOWN = new PromotionId("01890000-0000-7000-8000-000000000002");
    private static final StartValidation START =
            new StartValidation(new Attempt(new AttemptId("01890000-0000-7000-8000-00000000000a"), "here", 1));

    private static final RecordValidation PASSED = new RecordValidation(
            START.started().id(), new ValidationReport(Verdict.PASSED, List.of(), List.of(), Map.of()));

    @TempDir
    Path repository;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void everyCommandIsCountedByWhatCameOfIt() {
        try (PromotionEngine engine = engine(new MicrometerMetrics(registry))) {
            open(engine);
            done(engine.handle(ID, START));
            done(engine.handle(ID, PASSED));
            assertInstanceOf(Decision.Unchanged.class, done(engine.handle(ID, PASSED)));
            done(engine.handle(ID, new AbortPromotion("not wanted")));
            refused(engine, ID, START, Failure.Code.PROMOTION_ENDED);
            refused(engine, UNKNOWN, START, Failure.Code.PROMOTION_NOT_FOUND);
        }

        assertEquals("""
                railiance.command{command=abort,outcome=accepted} 1
                railiance.command{command=open,outcome=accepted} 1
                railiance.command{command=pass-validation,outcome=accepted} 1
                railiance.command{command=pass-validation,outcome=unchanged} 1
                railiance.command{command=start-validation,outcome=accepted} 1
                railiance.command{command=start-validation,outcome=failed} 1
                railiance.command{command=start-validation,outcome=refused} 1
                railiance.ledger.append{outcome=appended} 4
                railiance.refusal{code=promotion-ended} 1
                """, counts());
    }

    @Test
    void anAppendUnderALostLeaseIsAConflict() {
        try (PromotionEngine engine = engine(new MicrometerMetrics(registry))) {
            open(engine);
            assertInstanceOf(Outcome.NotDone.class, engine.handle(ID, START, new Fence(7)));
        }

        assertEquals("""
                railiance.command{command=open,outcome=accepted} 1
                railiance.command{command=start-validation,outcome=failed} 1
                railiance.ledger.append{outcome=appended} 1
                railiance.ledger.append{outcome=lease-lost} 1
                railiance.ledger.conflict{cause=lease-lost} 1
                """, counts());
    }

    @Test
    void aRunIsTimedWithTheCommandsThatItGives() throws IOException {
        declare();
        try (PromotionEngine engine = engine(new MicrometerMetrics(registry))) {
            done(engine.run(RunRequest.of(repository)));
            assertInstanceOf(Outcome.NotDone.class, engine.run(RunRequest.of(repository.resolve("nowhere"))));
        }

        assertEquals("""
                railiance.command{command=open,outcome=accepted} 1
                railiance.command{command=pass-validation,outcome=accepted} 1
                railiance.command{command=start-validation,outcome=accepted} 1
                railiance.ledger.append{outcome=appended} 3
                railiance.query{outcome=answered} 2
                railiance.run{verdict=none} 1
                railiance.run{verdict=passed} 1
                """, counts());
        var run = registry.get("railiance.run").tag("verdict", "passed").timer();
        var append = registry.get("railiance.ledger.append").timer();
        assertTrue(run.totalTime(run.baseTimeUnit()) > append.totalTime(run.baseTimeUnit()));
        assertTrue(append.totalTime(run.baseTimeUnit()) > 0);
    }

    @Test
    void questionsAreTimedAlsoThoseThatEndWithAnException() {
        try (PromotionEngine engine = engine(new MicrometerMetrics(registry))) {
            done(engine.query(Query.statuses(10)));
            assertInstanceOf(Outcome.NotDone.class, engine.query(Query.latestStatus()));
            Query<String> broken = ledger -> {
                throw new IllegalStateException("of the embedder");
            };
            assertThrows(IllegalStateException.class, () -> engine.query(broken));
        }

        assertEquals("""
                railiance.query{outcome=answered} 1
                railiance.query{outcome=failed} 2
                """, counts());
    }

    @Test
    void metricsThatFailChangeNothing() {
        EngineMetrics broken = measurement -> {
            throw new IllegalArgumentException("a meter of this name exists");
        };
        try (PromotionEngine engine = engine(broken)) {
            open(engine);
            assertInstanceOf(Decision.Accepted.class, done(engine.handle(ID, START)));
            assertEquals(2, done(engine.query(Query.trail(ID))).events().size());
        }
    }

    private PromotionEngine engine(EngineMetrics metrics) {
        return PromotionEngine.open(
                EngineSettings.of(LedgerLocation.of(repository)).withMetrics(metrics));
    }

    /** Every meter, as {@code name{tags} count}. */
    private String counts() {
        var counts = new TreeMap<String, Integer>();
        registry.forEachMeter(meter -> counts.put(name(meter), count(meter)));
        return counts.entrySet().stream()
                .map(meter -> meter.getKey() + " " + meter.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private static String name(Meter meter) {
        return meter.getId().getTags().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(",", meter.getId().getName() + "{", "}"));
    }

    private static int count(Meter meter) {
        return StreamSupport.stream(meter.measure().spliterator(), false)
                .filter(measurement -> measurement.getStatistic() == Statistic.COUNT)
                .mapToInt(measurement -> (int) measurement.getValue())
                .sum();
    }

    private static void open(PromotionEngine engine) {
        KeptDocument contract = KeptDocument.of("contract");
        engine.openPromotion(
                new OpenPromotion(
                        ID,
                        new Target("shop", "production"),
                        new Artifact("revision", false, Optional.empty(), Optional.empty(), Optional.empty()),
                        new Digest(contract.digest()),
                        Samples.NO_RULES),
                contract);
    }

    private void declare() throws IOException {
        Files.createDirectories(repository.resolve("railiance"));
        Files.writeString(repository.resolve("railiance/app.toml"), """
                schema = "railiance.app.v1"
                [app]
                name = "shop"
                [owner]
                team = "web"
                [[stage1.commands]]
                name = "the command"
                argv = ["true"]
                """);
    }

    private static void refused(PromotionEngine engine, PromotionId id, PromotionCommand command, Failure.Code code) {
        Outcome<Decision> outcome = engine.handle(id, command);
        assertEquals(
                code, assertInstanceOf(Outcome.NotDone.class, outcome).failure().code());
    }

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T> done -> done.value();
            case Outcome.NotDone<T> not ->
                throw new AssertionError(not.failure().toString());
        };
    }
}
