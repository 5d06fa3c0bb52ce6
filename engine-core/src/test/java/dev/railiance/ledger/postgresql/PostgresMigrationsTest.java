package dev.railiance.ledger.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.Samples;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.ledger.jdbc.EventTable;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A ledger that an older Railiance has made. */
@ExtendWith(PostgresServer.class)
class PostgresMigrationsTest {

    private final RealPostgres server;
    private final SharedTables tables;

    PostgresMigrationsTest(RealPostgres server) {
        this.server = server;
        this.tables = SharedTables.none(server);
    }

    @Test
    void aLedgerOfFormat1IsGoneOnWith() throws Exception {
        StoredEvent first = EventSeal.seal(Samples.event(1, 0), Hash.ZERO, Hash.ZERO, 1);
        make(1);
        tables.sql("INSERT INTO event VALUES (1, '" + first.promotion() + "', 0, '" + first.type() + "', "
                + first.version() + ", " + EventTable.micros(first.at()) + ", '" + first.payload() + "', '\\x"
                + first.seal().event() + "', '\\x" + first.seal().ledger() + "')");
        tables.sql("UPDATE ledger SET position = 1, hash = '\\x" + first.seal().ledger() + "'");
        try (PostgresLedger ledger = tables.ledger();
                LedgerSession session = ledger.open()) {
            SharedTables.append(session, 1, 1);
            assertEquals(first, session.read(Samples.id(1), 0).getFirst());
        }
        assertEquals(String.valueOf(PostgresMigrations.FORMAT), tables.answer("SELECT format FROM ledger"));
        tables.assertChained(2);
    }

    private void make(int format) throws Exception {
        String schema = tables.location().schema();
        try (InputStream ddl = PostgresMigrations.class.getResourceAsStream("V" + format + ".sql");
                Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
            statement.execute("SET search_path = " + schema);
            statement.execute(new String(ddl.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
