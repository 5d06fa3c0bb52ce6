package dev.railiance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.Fence;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.StatusRow;
import dev.railiance.projection.Query;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionCommand.AbortPromotion;
import dev.railiance.promotion.PromotionCommand.OpenPromotion;
import dev.railiance.promotion.PromotionCommand.StartValidation;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Rules;
import dev.railiance.promotion.Rules.ApprovalRule;
import dev.railiance.promotion.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine remembers of a promotion never decides what the ledger knows better. */
class RememberedPromotionTest {

    private static final KeptDocument CONTRACT = KeptDocument.of("schema = \"railiance.app.v1\"\n");
    private static final PromotionId ID = new PromotionId("00000000-0000-7000-8000-000000000001");
    private static final StartValidation START =
            new StartValidation(new Attempt(new AttemptId("00000000-0000-4000-8000-000000000001"), "host", 1));

    @TempDir
    Path directory;

    private PromotionEngine engine;

    @BeforeEach
    void openAPromotion() {
        engine = open();
        var rules = new Rules(
                false,
                false,
                false,
                List.of(),
                new TreeSet<>(),
                new TreeSet<>(),
                ApprovalRule.NONE,
                ApprovalRule.NONE,
                ApprovalRule.NONE);
        var artifact = new Artifact("4f2c", false, Optional.empty(), Optional.empty(), Optional.empty());
        var target = new Target("shop", "production");
        engine.openPromotion(new OpenPromotion(ID, target, artifact, new Digest(CONTRACT.digest()), rules), CONTRACT);
    }

    private PromotionEngine open() {
        return PromotionEngine.open(new LedgerLocation.Embedded(directory.resolve("ledger")));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static void assertAccepted(Outcome<Decision> outcome) {
        assertInstanceOf(
                Decision.Accepted.class,
                assertInstanceOf(Outcome.Done.class, outcome, outcome::toString).value());
    }

    private static Failure.Code refusal(Outcome<Decision> outcome) {
        return assertInstanceOf(Outcome.NotDone.class, outcome).failure().code();
    }

    private Phase phase() {
        return switch (engine.query(Query.status(ID.value()))) {
            case Outcome.Done<StatusRow> done -> done.value().phase();
            case Outcome.NotDone<StatusRow> not ->
                throw new AssertionError(not.failure().toString());
        };
    }

    @Test
    void whatAnotherEngineHasRecordedMeanwhileIsKnownToTheNextCommand() {
        try (PromotionEngine other = open()) {
            assertAccepted(engine.handle(ID, START));
            assertAccepted(other.handle(ID, new AbortPromotion("not wanted")));
            assertEquals(Failure.Code.PROMOTION_ENDED, refusal(engine.handle(ID, new AbortPromotion("again"))));
        }
    }

    @Test
    void aCommandThatCouldNotBeRecordedLeavesThePromotionAsItWas() {
        assertEquals(Failure.Code.CHANGED_CONCURRENTLY, refusal(engine.handle(ID, START, new Fence(99))));
        assertEquals(Phase.OPENED, phase());
        assertAccepted(engine.handle(ID, START));
        assertEquals(Failure.Code.CHANGED_CONCURRENTLY, refusal(engine.handle(ID, abort(), new Fence(99))));
        assertEquals(Phase.VALIDATING, phase());
        assertAccepted(engine.handle(ID, abort()));
    }

    private static AbortPromotion abort() {
        return new AbortPromotion("not wanted");
    }

    @Test
    void aRefusedCommandLeavesThePromotionAsItWas() {
        assertAccepted(engine.handle(ID, START));
        assertEquals(Failure.Code.ILLEGAL_TRANSITION, refusal(engine.handle(ID, START)));
        assertAccepted(engine.handle(ID, abort()));
    }

    @Test
    void anOlderCopyThatWasPutInPlaceOfTheLedgerIsBelieved() throws Exception {
        awaitClosed();
        copy(directory.resolve("ledger"), directory.resolve("copy"));
        assertAccepted(engine.handle(ID, START));
        awaitClosed();
        copy(directory.resolve("copy"), directory.resolve("ledger"));

        assertAccepted(engine.handle(ID, START));
    }

    /** The store is closed a moment after it was used last. */
    private void awaitClosed() throws Exception {
        Path state = directory.resolve("ledger/ledger.state");
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!Files.readString(state).startsWith("closed ") && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        assertTrue(Files.readString(state).startsWith("closed "));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
