package dev.railiance.ledger.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresServer.class)
class PostgresKillTest {

    @Test
    void acknowledgedEventsSurviveKilledClientsAndCutConnections(RealPostgres server) throws Exception {
        PostgresKillLoop loop = PostgresKillLoop.few(server, 6);
        assertTrue(loop.acknowledged() > 0, "no process lived long enough to append");
        assertEquals(1, loop.cuts());
        assertEquals(0, loop.lost());
    }
}
