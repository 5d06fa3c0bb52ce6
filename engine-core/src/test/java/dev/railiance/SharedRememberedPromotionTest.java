package dev.railiance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.SharedLocation;
import dev.railiance.ledger.postgresql.PostgresServer;
import dev.railiance.ledger.postgresql.RealPostgres;
import dev.railiance.ledger.postgresql.WatchedProxy;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionCommand.CompleteCanary;
import dev.railiance.promotion.PromotionCommand.PassGates;
import dev.railiance.promotion.PromotionCommand.RecordValidation;
import dev.railiance.promotion.PromotionCommand.StartCanary;
import dev.railiance.promotion.PromotionCommand.StartPromote;
import dev.railiance.promotion.Release;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a server what is remembered is not read again; the append finds out whether it still holds. */
@ExtendWith(PostgresServer.class)
class SharedRememberedPromotionTest extends RememberedPromotion {

    private final RealPostgres server;
    private final SharedLocation location;
    private final WatchedProxy proxy;

    SharedRememberedPromotionTest(RealPostgres server) throws IOException {
        this.server = server;
        location = server.newLedger();
        proxy = WatchedProxy.to(server);
    }

    @Override
    PromotionEngine open() {
        return PromotionEngine.open(proxy.inFrontOf(location));
    }

    @AfterEach
    void closeProxy() throws IOException {
        proxy.close();
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = " + location.schema());
            statement.execute(sql);
        }
    }

    @Test
    void aCommandOnAPromotionThatThisProcessChangedLastIsOneMessage() {
        proxy.waits();
        assertAccepted(engine.handle(ID, START));
        assertEquals(1, proxy.waits());
        assertAccepted(engine.handle(ID, abort()));
        assertEquals(1, proxy.waits());
    }

    @Test
    void aCommandThatDependsOnOtherPromotionsIsOneMessageMore() {
        var plan = Digest.of("plan".getBytes(StandardCharsets.UTF_8));
        assertAccepted(engine.handle(ID, START));
        assertAccepted(engine.handle(
                ID,
                new RecordValidation(
                        START.started().id(), new ValidationReport(Verdict.PASSED, List.of(), List.of(), Map.of()))));
        // The contract is kept under its digest: whoever has read it need not read it again.
        ContractPolicy.of(CONTRACT.content());
        proxy.waits();
        assertAccepted(engine.handle(ID, new StartCanary(attempt(2), plan)));
        assertEquals(2, proxy.waits());
        assertAccepted(engine.handle(ID, new CompleteCanary(attempt(2).id(), new Release("shop", "shop", 1, plan))));
        assertAccepted(engine.handle(ID, new PassGates()));
        assertEquals(2, proxy.waits());
        assertAccepted(engine.handle(ID, new StartPromote(attempt(3), plan)));
        assertEquals(2, proxy.waits());
    }

    @Test
    void aContractThatSomebodyChangedIsNotTakenForTheOneThatWasKept() throws SQLException {
        assertEquals(
                Outcome.done(Optional.of(CONTRACT.content())),
                engine.query(view -> Outcome.done(view.kept(CONTRACT.digest()))));
        sql("UPDATE document SET content = content || '#'");
        assertEquals(
                Failure.Code.LEDGER_DAMAGED, refusal(engine.query(view -> Outcome.done(view.kept(CONTRACT.digest())))));
    }

    private static Attempt attempt(int number) {
        return new Attempt(new AttemptId("00000000-0000-4000-8000-00000000000" + number), "host", 1);
    }

    @Test
    void anAcceptanceThatRestsOnAMemoryOfAnotherHistoryIsNotRecorded() throws Exception {
        assertAccepted(engine.handle(ID, START));
        try (PromotionEngine other = open()) {
            assertAccepted(other.handle(ID, abort()));
        }
        assertEquals(Failure.Code.PROMOTION_ENDED, refusal(engine.handle(ID, abort())));
        assertEquals(Phase.ABORTED, phase());
    }

    @Test
    void aRefusalIsNeverAnsweredFromMemory() throws Exception {
        assertAccepted(engine.handle(ID, START));
        // As if the server's owner had put an older copy in place of the ledger.
        sql("DELETE FROM event WHERE sequence = 1");
        sql("UPDATE ledger SET position = 1, hash = (SELECT ledger_hash FROM event WHERE position = 1)");
        assertAccepted(engine.handle(ID, START));
    }

    @Test
    void anEventThatWasReplacedByAnotherOneIsNotGoneOnFrom() throws Exception {
        assertAccepted(engine.handle(ID, START));
        sql("UPDATE event SET event_hash = sha256('another') WHERE sequence = 1");
        proxy.waits();
        assertAccepted(engine.handle(ID, abort()));
        // Refused and undone, then read, asked and appended.
        assertEquals(5, proxy.waits());
    }
}
