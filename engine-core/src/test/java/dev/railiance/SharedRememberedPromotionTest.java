package dev.railiance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.failure.Failure;
import dev.railiance.ledger.SharedLocation;
import dev.railiance.ledger.postgresql.PostgresServer;
import dev.railiance.ledger.postgresql.RealPostgres;
import dev.railiance.ledger.postgresql.WatchedProxy;
import dev.railiance.promotion.Phase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
