package dev.railiance.ledger.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerException.Kind;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.Samples;
import dev.railiance.ledger.SharedLocation;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** A ledger of a test, and its tables as its server's owner sees them. */
record SharedTables(RealPostgres server, SharedLocation location) {

    static SharedTables none(RealPostgres server) {
        return new SharedTables(server, server.newLedger());
    }

    PostgresLedger ledger() {
        return new PostgresLedger(location);
    }

    PostgresLedger ledger(WatchedProxy proxy) {
        return new PostgresLedger(proxy.inFrontOf(location));
    }

    static void append(LedgerSession session, int promotion, long sequence) {
        session.append(Samples.events(promotion, sequence, 1), Samples.status(promotion, sequence, Phase.OPENED));
    }

    static void append(PostgresLedger ledger, int promotion, long sequence) {
        try (LedgerSession session = ledger.open()) {
            append(session, promotion, sequence);
        }
    }

    static Kind refused(Runnable act) {
        return assertThrows(LedgerException.class, act::run).kind();
    }

    void sql(String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = " + location.schema());
            statement.execute(sql);
        }
    }

    String answer(String question) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = " + location.schema());
            try (ResultSet rows = statement.executeQuery(question)) {
                assertTrue(rows.next());
                return rows.getString(1);
            }
        }
    }

    /** Both chains, the numbering of both, and the end. */
    void assertChained(long length) {
        try (PostgresLedger ledger = ledger();
                LedgerSession session = ledger.open()) {
            Map<PromotionId, StoredEvent> last = new HashMap<>();
            LedgerSession.Head[] head = {LedgerSession.Head.EMPTY};
            session.scan(0, event -> {
                StoredEvent before = last.put(event.promotion(), event);
                Hash previous = before == null ? Hash.ZERO : before.seal().event();
                assertEquals(before == null ? 0 : before.sequence() + 1, event.sequence());
                assertEquals(EventSeal.seal(event, previous, head[0].hash(), head[0].position() + 1), event);
                head[0] = new LedgerSession.Head(event.position(), event.seal().ledger());
            });
            assertEquals(length, head[0].position());
            assertEquals(head[0], session.head());
        }
    }
}
