package dev.railiance.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.audit.AuditVerification.Fault;
import dev.railiance.replay.Replays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A ledger's file, changed by somebody who has it in his hands. */
class TamperedFileTest {

    private static final int EVENTS = 33;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "changed     | 7  | UPDATE event SET payload = REPLACE(payload, 'ada', 'eve') WHERE position = 7",
                "changed     | 33 | UPDATE event SET recorded_at = recorded_at + 1 WHERE position = 33",
                "changed     | 1  | UPDATE event SET type = 'promotion.aborted' WHERE position = 1",
                "changed     | 9  | UPDATE event SET version = 2 WHERE position = 9",
                "changed     | 9  | UPDATE event SET promotion = '01890000-0000-7000-8000-0000000000ff' WHERE position = 9",
                "unreadable  | 9  | UPDATE event SET promotion = 'nobody' WHERE position = 9",
                "changed     | 9  | UPDATE event SET event_hash = X'00' WHERE position = 9",
                "changed     | 9  | UPDATE event SET sequence = 77 WHERE position = 9",
                "changed     | 9  | UPDATE event SET event_hash = ledger_hash WHERE position = 9",
                "changed     | 9  | UPDATE event SET ledger_hash = event_hash WHERE position = 9",
                "missing     | 9  | DELETE FROM event WHERE position = 9",
                "missing     | 9  | DELETE FROM event WHERE position BETWEEN 9 AND 20",
                "missing     | 9  | DELETE FROM event WHERE position = 9; UPDATE event SET position = position - 1 WHERE position > 9",
                "outOfOrder  | 9  | UPDATE event SET position = 1000 WHERE position = 9",
                "outOfOrder  | 9  | UPDATE event SET position = 1000 WHERE position = 9; UPDATE event SET position = 9 WHERE position = 10; UPDATE event SET position = 10 WHERE position = 1000",
                "inserted    | 1  | UPDATE event SET position = -5 WHERE position = 9",
                "inserted    | 9  | UPDATE event SET position = position + 1 WHERE position >= 9; INSERT INTO event SELECT 9, promotion, 50, type, version, recorded_at, payload, event_hash, ledger_hash FROM event WHERE position = 3",
            })
    void everyChangeIsFoundWhereItWasMade(String kind, long position, String sql) throws Exception {
        written(directory, EVENTS / 11);
        tamper(sql);
        try (var sample = new SampleLedger(directory)) {
            Fault fault = SampleLedger.value(sample.audit().verify(VerifyRequest.LEDGER))
                    .fault()
                    .orElseThrow();
            assertEquals(
                    kind.replace("outOfOrder", "out-of-order") + " " + position,
                    fault.kind() + " " + fault.position(),
                    fault::toString);
            assertEquals("LEDGER_TAMPERED", fault.code());
        }
    }

    @Test
    void anEndThatWasCutOffShowsAgainstAnAnchorAndInTheStatusRows() throws Exception {
        Shell.needs("openssl");
        new Shell(directory)
                .run("openssl genpkey -algorithm ed25519 -out pem && openssl pkey -in pem -pubout -out pub");
        Path store = directory.resolve("store");
        try (var sample = new SampleLedger(store).with(0, EVENTS / 11)) {
            SignedCheckpoint signed =
                    SampleLedger.value(sample.audit().checkpoint(sample.key(directory.resolve("pem"))));
            Files.write(directory.resolve("head.json"), signed.checkpoint().bytes());
            Files.write(directory.resolve("head.json.sig"), signed.signature().bytes());
        }
        tamper(store, "DELETE FROM event WHERE position > 30");
        try (var sample = new SampleLedger(store)) {
            Path anchor = directory.resolve("head.json");
            assertEquals(
                    "intact",
                    SampleLedger.value(sample.audit().verify(VerifyRequest.LEDGER))
                            .outcome());
            var statuses = new VerifyRequest(Optional.empty(), Optional.empty(), Optional.empty(), false, false, true);
            Fault missed =
                    SampleLedger.value(sample.audit().verify(statuses)).fault().orElseThrow();
            assertEquals("truncated 31", missed.kind() + " " + missed.position());
            var anchored =
                    new VerifyRequest(Optional.empty(), Optional.of(anchor), Optional.empty(), true, false, false);
            Fault fault =
                    SampleLedger.value(sample.audit().verify(anchored)).fault().orElseThrow();
            assertEquals("truncated 31", fault.kind() + " " + fault.position());
        }
    }

    @Test
    void aStatusRowThatSaysSomethingElseIsNamed() throws Exception {
        written(directory, 2);
        tamper("UPDATE status SET summary = 'all is well' WHERE promotion = '" + SampleLog.id(1) + "'");
        try (var sample = new SampleLedger(directory)) {
            var statuses = new VerifyRequest(Optional.empty(), Optional.empty(), Optional.empty(), false, false, true);
            AuditVerification found = SampleLedger.value(sample.audit().verify(statuses));
            assertEquals("status-differs", found.outcome());
            assertEquals(
                    java.util.List.of(SampleLog.id(1).value()),
                    found.statuses().orElseThrow().different());
        }
    }

    @Test
    void onePromotionIsVerifiedByItself() throws Exception {
        written(directory, 3);
        tamper("UPDATE event SET payload = REPLACE(payload, 'ada', 'eve') WHERE position = 7");
        try (var sample = new SampleLedger(directory)) {
            assertEquals("tampered", ofPromotion(sample, 0).outcome());
            assertEquals("intact", ofPromotion(sample, 1).outcome());
            assertEquals(11, ofPromotion(sample, 1).events());
        }
    }

    @Test
    void aPromotionThatWasCutShortOrEmptiedIsNoticedByItsStatusRow() throws Exception {
        written(directory, 3);
        tamper("DELETE FROM event WHERE position > 30; DELETE FROM event WHERE promotion = '" + SampleLog.id(1) + "'");
        try (var sample = new SampleLedger(directory)) {
            Fault cut = ofPromotion(sample, 2).fault().orElseThrow();
            assertEquals("truncated 8", cut.kind() + " " + cut.sequence().orElseThrow());
            Fault emptied = ofPromotion(sample, 1).fault().orElseThrow();
            assertEquals(
                    "truncated 0", emptied.kind() + " " + emptied.sequence().orElseThrow());
            for (int i = 1; i < 3; i++) {
                var outcome = sample.audit().export(Optional.of(SampleLog.id(i).value()), Optional.empty());
                assertTrue(outcome.toString().contains("LEDGER_TAMPERED"), outcome::toString);
            }
        }
    }

    @Test
    void noEventIsExplainedOfAPromotionWithAHole() throws Exception {
        written(directory, 1);
        tamper("DELETE FROM event WHERE position = 5");
        try (var sample = new SampleLedger(directory)) {
            var outcome = sample.ask(Replays.explain(SampleLog.id(0), OptionalLong.of(9)));
            assertTrue(outcome.toString().contains("LEDGER_DAMAGED"), outcome::toString);
        }
    }

    @Test
    void anEventThatTheStatusRowDoesNotKnowIsNoticed() throws Exception {
        written(directory, 1);
        tamper("UPDATE status SET sequence = 8");
        try (var sample = new SampleLedger(directory)) {
            Fault fault = ofPromotion(sample, 0).fault().orElseThrow();
            assertEquals("inserted 9", fault.kind() + " " + fault.sequence().orElseThrow());
        }
    }

    @Test
    void aContractThatWasChangedIsNeitherIntactNorExported() throws Exception {
        written(directory, 2);
        tamper("UPDATE document SET content = REPLACE(content, 'required = 1', 'required = 0') WHERE digest = '"
                + SampleLog.digest(SampleLog.contract(1)).value() + "'");
        try (var sample = new SampleLedger(directory)) {
            Fault fault = SampleLedger.value(sample.audit().verify(VerifyRequest.LEDGER))
                    .fault()
                    .orElseThrow();
            assertEquals("changed 12", fault.kind() + " " + fault.position());
            assertEquals("changed", ofPromotion(sample, 1).fault().orElseThrow().kind());
            assertEquals("intact", ofPromotion(sample, 0).outcome());
            var outcome = sample.audit().export(Optional.of(SampleLog.id(1).value()), Optional.empty());
            assertTrue(outcome.toString().contains("LEDGER_TAMPERED"), outcome::toString);
        }
    }

    @Test
    void aContractThatIsGoneIsMissingInTheExport() throws Exception {
        written(directory, 1);
        tamper("DELETE FROM document");
        try (var sample = new SampleLedger(directory)) {
            var bundle = SampleLedger.value(sample.audit().export(Optional.empty(), Optional.empty()));
            assertFalse(bundle.contract());
        }
    }

    @Test
    void aLedgerThatIsNotThereIsNotIntact() {
        try (var sample = new SampleLedger(directory.resolve("typo"))) {
            var outcome = sample.audit().verify(VerifyRequest.LEDGER);
            assertTrue(outcome.toString().contains("PROMOTION_NOT_FOUND"), outcome::toString);
        }
    }

    @Test
    void nothingIsSignedOrExportedOfATamperedLedger() throws Exception {
        written(directory, 1);
        tamper("UPDATE event SET payload = REPLACE(payload, 'ada', 'eve') WHERE position = 7");
        try (var sample = new SampleLedger(directory)) {
            var outcome = sample.audit().export(Optional.of(SampleLog.id(0).value()), Optional.empty());
            assertTrue(outcome.toString().contains("LEDGER_TAMPERED"), outcome::toString);
        }
    }

    @Test
    void aFileThatSomebodyElseHasChangedIsLookedAtInACopy() throws Exception {
        written(directory, 2);
        byte[] state = Files.readAllBytes(directory.resolve("ledger.state"));
        tamper("DELETE FROM event WHERE position = 5");
        Files.write(directory.resolve("ledger.state"), state);
        byte[] file = Files.readAllBytes(directory.resolve("ledger.mv.db"));
        try (var sample = new SampleLedger(directory)) {
            Fault fault = SampleLedger.value(sample.audit().verify(VerifyRequest.LEDGER))
                    .fault()
                    .orElseThrow();
            assertEquals("missing 5", fault.kind() + " " + fault.position());
        }
        assertArrayEquals(file, Files.readAllBytes(directory.resolve("ledger.mv.db")));
        try (Stream<Path> copies = Files.list(directory.resolve("copies"))) {
            assertEquals(0, copies.count());
        }
    }

    private static void written(Path directory, int promotions) {
        try (var sample = new SampleLedger(directory)) {
            sample.with(0, promotions);
        }
    }

    private static AuditVerification ofPromotion(SampleLedger sample, int promotion) {
        var request = new VerifyRequest(
                Optional.of(SampleLog.id(promotion).value()), Optional.empty(), Optional.empty(), false, false, false);
        return SampleLedger.value(sample.audit().verify(request));
    }

    @Test
    void anEndThatWasCutOffShowsInWhatIsNotedBesideTheFile() throws Exception {
        Path store = directory.resolve("store");
        try (var sample = new SampleLedger(store).with(0, EVENTS / 11)) {
            assertEquals(
                    "intact",
                    SampleLedger.value(sample.audit().verify(VerifyRequest.LEDGER))
                            .outcome());
        }
        execute(store, "DELETE FROM event WHERE position > 30; DELETE FROM status");
        try (var sample = new SampleLedger(store)) {
            Fault fault = SampleLedger.value(sample.audit().verify(VerifyRequest.LEDGER))
                    .fault()
                    .orElseThrow();
            assertEquals("truncated 31", fault.kind() + " " + fault.position());
        }
    }

    @Test
    void aStatusRowThatIsNoneIsOneThatDiffers() throws Exception {
        Path store = directory.resolve("store");
        new SampleLedger(store).with(0, EVENTS / 11).close();
        tamper(store, "UPDATE status SET phase = 'bogus'");
        try (var sample = new SampleLedger(store)) {
            var statuses = new VerifyRequest(Optional.empty(), Optional.empty(), Optional.empty(), false, false, true);
            assertEquals(
                    "status-differs",
                    SampleLedger.value(sample.audit().verify(statuses)).outcome());
        }
    }

    private void tamper(String sql) throws SQLException, IOException {
        tamper(directory, sql);
    }

    /** As somebody does it who knows the store: the file that notes its length and checksum goes as well. */
    private static void tamper(Path store, String sql) throws SQLException, IOException {
        execute(store, sql);
        Files.deleteIfExists(store.resolve("ledger.state"));
    }

    private static void execute(Path store, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + store.resolve("ledger"), "", "");
                Statement statement = connection.createStatement()) {
            for (String one : sql.split(";", -1)) {
                statement.execute(one);
            }
        }
    }
}
