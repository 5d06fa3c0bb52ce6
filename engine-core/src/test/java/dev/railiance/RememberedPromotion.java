package dev.railiance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.Fence;
import dev.railiance.ledger.KeptDocument;
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
import dev.railiance.promotion.Samples;
import dev.railiance.promotion.Target;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an engine remembers of a promotion never decides what the ledger knows better, on whichever store. */
abstract class RememberedPromotion {

    static final KeptDocument CONTRACT = KeptDocument.of("""
            schema = "railiance.app.v1"
            [app]
            name = "shop"
            [owner]
            team = "web"
            [stage1]
            commands = [{ name = "build", argv = ["/bin/true"] }]
            """);
    static final PromotionId ID = new PromotionId("00000000-0000-7000-8000-000000000001");
    static final StartValidation START =
            new StartValidation(new Attempt(new AttemptId("00000000-0000-4000-8000-000000000001"), "host", 1));

    PromotionEngine engine;

    /** An engine on the ledger of the test. */
    abstract PromotionEngine open();

    @BeforeEach
    void openAPromotion() {
        engine = open();
        var artifact = new Artifact("4f2c", false, Optional.empty(), Optional.empty(), Optional.empty());
        var target = new Target("shop", "production");
        engine.openPromotion(
                new OpenPromotion(ID, target, artifact, new Digest(CONTRACT.digest()), Samples.NO_RULES), CONTRACT);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    static void assertAccepted(Outcome<Decision> outcome) {
        assertInstanceOf(
                Decision.Accepted.class,
                assertInstanceOf(Outcome.Done.class, outcome, outcome::toString).value());
    }

    static Failure.Code refusal(Outcome<?> outcome) {
        return assertInstanceOf(Outcome.NotDone.class, outcome).failure().code();
    }

    Phase phase() {
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

    static AbortPromotion abort() {
        return new AbortPromotion("not wanted");
    }

    @Test
    void aRefusedCommandLeavesThePromotionAsItWas() {
        assertAccepted(engine.handle(ID, START));
        assertEquals(Failure.Code.ILLEGAL_TRANSITION, refusal(engine.handle(ID, START)));
        assertAccepted(engine.handle(ID, abort()));
    }
}
