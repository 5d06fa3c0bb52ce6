package dev.railiance.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.audit.AuditVerification.Fault;
import dev.railiance.ledger.SharedLocation;
import dev.railiance.ledger.postgresql.PostgresLedger;
import dev.railiance.ledger.postgresql.PostgresServer;
import dev.railiance.ledger.postgresql.RealPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A shared ledger, changed by the owner of its server. */
@ExtendWith(PostgresServer.class)
class TamperedServerTest {

    private final RealPostgres server;
    private final SharedLocation location;

    TamperedServerTest(RealPostgres server) {
        this.server = server;
        this.location = server.newLedger();
    }

    private SampleLedger sample() {
        return new SampleLedger(new PostgresLedger(location));
    }

    private void tamper(String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = " + location.schema());
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "changed    | 7  | UPDATE event SET payload = REPLACE(payload, 'ada', 'eve') WHERE position = 7",
                "changed    | 33 | UPDATE event SET recorded_at = recorded_at + 1 WHERE position = 33",
                "changed    | 9  | UPDATE event SET event_hash = ledger_hash WHERE position = 9",
                "changed    | 9  | UPDATE event SET ledger_hash = event_hash WHERE position = 9",
                "missing    | 9  | DELETE FROM event WHERE position = 9",
                "outOfOrder | 9  | UPDATE event SET position = 1000 WHERE position = 9; UPDATE event SET position = 9 WHERE position = 10; UPDATE event SET position = 10 WHERE position = 1000",
                "truncated  | 31 | DELETE FROM event WHERE position > 30",
            })
    void everyChangeIsFoundWhereItWasMade(String kind, long position, String sql) throws SQLException {
        try (SampleLedger sample = sample().with(0, 3)) {
            assertEquals(
                    "intact",
                    SampleLedger.value(sample.audit().verify(VerifyRequest.LEDGER))
                            .outcome());
            tamper(sql);
            Fault fault = SampleLedger.value(sample.audit().verify(VerifyRequest.LEDGER))
                    .fault()
                    .orElseThrow();
            assertEquals(
                    kind.replace("outOfOrder", "out-of-order") + " " + position,
                    fault.kind() + " " + fault.position(),
                    fault::toString);
        }
    }

    @Test
    void anEndThatWasCutOffWithItsTraceShowsAgainstAnAnchor(@TempDir Path directory) throws Exception {
        Shell.needs("openssl");
        new Shell(directory)
                .run("openssl genpkey -algorithm ed25519 -out pem && openssl pkey -in pem -pubout -out pub");
        try (SampleLedger sample = sample().with(0, 3)) {
            Path anchor = directory.resolve("head.json");
            SignedCheckpoint signed =
                    SampleLedger.value(sample.audit().checkpoint(sample.key(directory.resolve("pem"))));
            Files.write(anchor, signed.checkpoint().bytes());
            Files.write(directory.resolve("head.json.sig"), signed.signature().bytes());
            tamper("DELETE FROM event WHERE position > 30; UPDATE ledger SET position = 30,"
                    + " hash = (SELECT ledger_hash FROM event WHERE position = 30)");
            assertEquals(
                    "intact",
                    SampleLedger.value(sample.audit().verify(VerifyRequest.LEDGER))
                            .outcome());
            Fault fault = SampleLedger.value(sample.audit()
                            .verify(new VerifyRequest(
                                    Optional.empty(), Optional.of(anchor), Optional.empty(), true, false, false)))
                    .fault()
                    .orElseThrow();
            assertEquals("truncated 31", fault.kind() + " " + fault.position());
        }
    }
}
