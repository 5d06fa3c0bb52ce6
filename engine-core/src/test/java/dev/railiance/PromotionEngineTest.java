package dev.railiance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.StatusRow;
import dev.railiance.ledger.h2.H2Ledger;
import dev.railiance.projection.AuditTrail;
import dev.railiance.projection.Query;
import dev.railiance.projection.RunResult;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionCommand.AbortPromotion;
import dev.railiance.promotion.PromotionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionEngineTest {

    @TempDir
    Path repository;

    private PromotionEngine engine;

    @BeforeEach
    void open() {
        engine = PromotionEngine.open(LedgerLocation.of(repository));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aPassedStageOneIsRecordedAndStaysRecorded() throws IOException {
        declare("true");

        RunResult result = done(engine.run(RunRequest.of(repository)));

        assertEquals("passed", result.outcome());
        assertEquals("validated", result.phase());
        engine.close();
        engine = PromotionEngine.open(LedgerLocation.of(repository));
        StatusRow status = done(engine.query(Query.latestStatus()));
        assertEquals(Phase.VALIDATED, status.phase());
        assertEquals(
                List.of("promotion.opened.v3", "validation.started.v1", "promotion.validated.v1"),
                types(status.promotion()));
    }

    @Test
    void aFailedStageOneIsRecordedAsFailedAndCanBeRunAgain() throws IOException {
        declare("false");
        RunResult first = done(engine.run(RunRequest.of(repository)));
        RunResult second = done(engine.run(RunRequest.of(repository)));

        assertEquals("failed", first.outcome());
        assertEquals("opened", first.phase());
        assertEquals("railiance run", first.nextStep().command());
        assertEquals(first.promotionId(), second.promotionId());
        assertFalse(first.attemptId().equals(second.attemptId()));
    }

    @Test
    void anotherSourceOrContractOpensAnotherPromotion() throws IOException {
        declare("true");
        String first = done(engine.run(RunRequest.of(repository))).promotionId();
        Files.writeString(repository.resolve("source.txt"), "changed");
        String second = done(engine.run(RunRequest.of(repository))).promotionId();
        declare("/bin/true");
        String third = done(engine.run(RunRequest.of(repository))).promotionId();

        assertEquals(3, List.of(first, second, third).stream().distinct().count());
        assertEquals(3, done(engine.query(Query.statuses(10))).size());
    }

    @Test
    void anEndedPromotionIsNotContinued() throws IOException {
        declare("true");
        var id = new PromotionId(done(engine.run(RunRequest.of(repository))).promotionId());

        assertInstanceOf(Decision.Accepted.class, done(engine.handle(id, new AbortPromotion("not wanted"))));

        Failure again = failure(engine.handle(id, new AbortPromotion("not wanted")));
        assertEquals(Failure.Code.PROMOTION_ENDED, again.code());
        assertFalse(done(engine.run(RunRequest.of(repository))).promotionId().equals(id.value()));
    }

    @Test
    void statusRowsThatWereLostAreMadeAgainFromTheEvents() throws IOException {
        declare("true");
        done(engine.run(RunRequest.of(repository)));
        Files.writeString(repository.resolve("source.txt"), "changed");
        var id = new PromotionId(done(engine.run(RunRequest.of(repository))).promotionId());
        done(engine.handle(id, new AbortPromotion("not wanted")));
        List<StatusRow> before = done(engine.query(Query.statuses(10)));
        engine.close();
        try (Ledger ledger = new H2Ledger(LedgerLocation.of(repository));
                LedgerSession session = ledger.open()) {
            session.replaceStatuses(List.of());
            assertEquals(List.of(), session.statuses(10));
        }
        engine = PromotionEngine.open(LedgerLocation.of(repository));

        assertEquals("planned", done(engine.planRebuild()).outcome());
        assertEquals(List.of(), done(engine.query(Query.statuses(10))));
        assertEquals(2, done(engine.rebuild()).promotions());
        assertEquals("unchanged", done(engine.rebuild()).outcome());

        assertEquals(before, done(engine.query(Query.statuses(10))));
    }

    @Test
    void anInterruptedThreadRecordsAndStaysInterrupted() throws IOException {
        declare("true");
        var id = new PromotionId(done(engine.run(RunRequest.of(repository))).promotionId());
        Thread.currentThread().interrupt();
        try {
            assertInstanceOf(Decision.Accepted.class, done(engine.handle(id, new AbortPromotion("not wanted"))));
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void aPromotionThatSomebodyWorksOnIsLeftToThem() throws IOException, InterruptedException {
        declare("sleep", "30");
        var request = RunRequest.of(repository);
        var worker = Thread.ofPlatform().start(() -> engine.run(request));
        try (PromotionEngine other = PromotionEngine.open(LedgerLocation.of(repository))) {
            while (other.query(Query.latestStatus()) instanceof Outcome.NotDone
                    || done(other.query(Query.latestStatus())).phase() != Phase.VALIDATING) {
                Thread.onSpinWait();
            }
            Failure busy = failure(other.run(RunRequest.of(repository)));
            assertEquals(Failure.Code.PROMOTION_BUSY, busy.code());
            assertTrue(
                    busy.message().contains("process " + ProcessHandle.current().pid()), busy.message());
        } finally {
            request.cancellation().cancel();
            worker.join();
        }
        assertEquals(
                "errored",
                done(engine.query(Query.latestStatus())).document().contains("\"outcome\":\"errored\"")
                        ? "errored"
                        : "other");
    }

    @Test
    void aQueryMakesNoLedger() {
        Failure nothing = failure(engine.query(Query.latestStatus()));

        assertEquals(Failure.Code.PROMOTION_NOT_FOUND, nothing.code());
        assertEquals("railiance run", nothing.hint());
        assertFalse(Files.exists(repository.resolve(".railiance")));
    }

    @Test
    void whatIsMissingIsNamedWithANextStep() throws IOException {
        assertEquals(
                Failure.Code.CONTRACT_NOT_FOUND,
                failure(engine.run(RunRequest.of(repository))).code());
        Files.createDirectories(repository.resolve("railiance"));
        Files.writeString(repository.resolve("railiance/app.toml"), "schema = 3\n");
        Failure invalid = failure(engine.run(RunRequest.of(repository)));
        assertEquals(Failure.Code.CONTRACT_INVALID, invalid.code());
        assertTrue(invalid.message().startsWith("railiance/app.toml:1:"), invalid.message());
        assertEquals(
                Failure.Code.REPOSITORY_NOT_FOUND,
                failure(engine.run(RunRequest.of(repository.resolve("nowhere"))))
                        .code());
        assertEquals(
                Failure.Code.PROMOTION_NOT_FOUND,
                failure(engine.query(Query.status("0190"))).code());
    }

    private List<String> types(PromotionId id) {
        return done(engine.query(Query.trail(id))).events().stream()
                .map(AuditTrail.Entry::type)
                .toList();
    }

    private void declare(String... argv) throws IOException {
        Files.createDirectories(repository.resolve("railiance"));
        String quoted = String.join(
                ", ", List.of(argv).stream().map(word -> '"' + word + '"').toList());
        Files.writeString(repository.resolve("railiance/app.toml"), """
                schema = "railiance.app.v1"
                [app]
                name = "shop"
                [owner]
                team = "web"
                [[stage1.commands]]
                name = "the command"
                argv = [%s]
                """.formatted(quoted));
    }

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T> done -> done.value();
            case Outcome.NotDone<T> not ->
                throw new AssertionError(not.failure().toString());
        };
    }

    private static Failure failure(Outcome<?> outcome) {
        return assertInstanceOf(Outcome.NotDone.class, outcome).failure();
    }
}
