package dev.railiance.ledger.h2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.Samples;
import dev.railiance.promotion.Phase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class H2LedgerFilesTest {

    @TempDir
    Path repository;

    private Path directory() {
        return repository.resolve(".railiance");
    }

    private Path database() {
        return directory().resolve("ledger.mv.db");
    }

    private H2Ledger ledger() {
        return new H2Ledger(new LedgerLocation.Embedded(directory()));
    }

    private void fill(int events, int size) {
        try (H2Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            for (int sequence = 0; sequence < events; sequence++) {
                session.append(List.of(Samples.event(1, sequence, size)), Samples.status(1, sequence, Phase.OPENED));
            }
        }
    }

    private LedgerException refused() {
        try (H2Ledger ledger = ledger()) {
            LedgerException looking = assertThrows(LedgerException.class, ledger::openExisting);
            LedgerException writing = assertThrows(LedgerException.class, ledger::open);
            assertEquals(looking.kind(), writing.kind());
            assertEquals(looking.getMessage(), writing.getMessage());
            return writing;
        }
    }

    private void assertDamagedAndLeftAlone(byte[] content) throws IOException {
        Files.write(database(), content);
        assertEquals(LedgerException.Kind.DAMAGED, refused().kind());
        assertArrayEquals(content, Files.readAllBytes(database()));
    }

    @Test
    void everyFileIsTheOwnersOnly() throws IOException {
        fill(1_000, 9_000);
        try (H2Ledger ledger = ledger()) {
            assertTrue(ledger.lease(Samples.id(1)).isPresent());
            try (LedgerSession session = ledger.open();
                    Stream<Path> files = Files.walk(directory())) {
                assertEquals(1, session.statuses(10).size());
                for (Path file : files.toList()) {
                    String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                    assertEquals(Files.isDirectory(file) ? "rwx------" : "rw-------", permissions, file::toString);
                }
            }
        }
        assertEquals("*\n", Files.readString(directory().resolve(".gitignore")));
    }

    @Test
    void aGrownStoreIsCompactedWhenItIsClosed() throws IOException {
        fill(1_000, 500);
        assertTrue(Files.size(database()) < 2 << 20, "not compacted");
        try (H2Ledger ledger = ledger();
                LedgerSession session = ledger.openExisting().orElseThrow()) {
            assertEquals(1_000, session.read(Samples.id(1), 0).size());
        }
    }

    @Test
    void lookingMakesNothingAndChangesNothing() throws IOException {
        try (H2Ledger ledger = ledger()) {
            assertEquals(Optional.empty(), ledger.openExisting());
            assertFalse(Files.exists(directory()));
        }
        fill(3, 100);
        byte[] before = Files.readAllBytes(database());
        try (H2Ledger ledger = ledger();
                LedgerSession session = ledger.openExisting().orElseThrow()) {
            assertEquals(1, session.statuses(1).size());
            assertThrows(
                    IllegalStateException.class,
                    () -> session.append(Samples.events(2, 0, 1), Samples.status(2, 0, Phase.OPENED)));
        }
        assertArrayEquals(before, Files.readAllBytes(database()));
    }

    @Test
    void aDirectoryInUseForOtherThingsGetsNoIgnoreFile() throws IOException {
        Files.createDirectory(directory());
        Files.writeString(directory().resolve("notes.txt"), "mine");
        fill(1, 100);
        assertFalse(Files.exists(directory().resolve(".gitignore")));
    }

    @Test
    void aFutureLedgerIsNotTouched() throws IOException {
        fill(1, 100);
        byte[] content = "whatever comes after H2".getBytes(StandardCharsets.UTF_8);
        Files.write(database(), content);
        Files.writeString(directory().resolve("format"), "railiance-ledger 3\n");
        Files.delete(directory().resolve("ledger.lock"));
        LedgerException refused = refused();
        assertEquals(LedgerException.Kind.FUTURE_VERSION, refused.kind());
        assertTrue(String.valueOf(refused.getMessage()).contains("format 3"), refused.getMessage());
        assertArrayEquals(content, Files.readAllBytes(database()));
        assertFalse(Files.exists(directory().resolve("ledger.lock")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"closed", "killed", "unknown"})
    void aDamagedFileIsFoundAndLeftAsItWas(String state) throws IOException {
        fill(20, 3_000);
        leave(state);
        byte[] whole = Files.readAllBytes(database());
        assertDamagedAndLeftAlone("this is not a database".getBytes(StandardCharsets.UTF_8));
        assertDamagedAndLeftAlone(new byte[whole.length]);
        assertDamagedAndLeftAlone(Arrays.copyOf(whole, 5_000));
        assertDamagedAndLeftAlone(changed(whole, bytes -> {
            Arrays.fill(bytes, 0, 8_192, (byte) 7);
            Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 7);
            return bytes;
        }));
    }

    /** As if the process that had it had died, or the state file had been lost. */
    private void leave(String state) throws IOException {
        Path file = directory().resolve("ledger.state");
        switch (state) {
            case "killed" -> Files.writeString(file, "open 20 0\n");
            case "unknown" -> Files.delete(file);
            default -> assertTrue(Files.readString(file).startsWith("closed 20 "));
        }
    }

    private static byte[] changed(byte[] whole, UnaryOperator<byte[]> change) {
        return change.apply(whole.clone());
    }

    @Test
    void aTruncatedFileIsNeverTakenForAnOlderLedger() throws IOException {
        fill(60, 2_000);
        byte[] whole = Files.readAllBytes(database());
        for (String state : List.of("closed", "killed")) {
            if (state.equals("killed")) {
                Files.writeString(directory().resolve("ledger.state"), "open 60 0\n");
            }
            for (int length = 4_096; length < whole.length - 100_000; length += whole.length / 12) {
                assertDamagedAndLeftAlone(Arrays.copyOf(whole, length));
            }
        }
    }

    @Test
    void aSingleChangedByteIsFound() throws IOException {
        fill(20, 3_000);
        byte[] whole = Files.readAllBytes(database());
        for (int at = 0; at < whole.length; at += whole.length / 9) {
            int place = at;
            assertDamagedAndLeftAlone(changed(whole, bytes -> {
                bytes[place] ^= 1;
                return bytes;
            }));
        }
        Files.write(database(), whole);
        try (H2Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            assertEquals(20, session.read(Samples.id(1), 0).size());
        }
    }

    @Test
    void aLedgerWithoutItsDatabaseIsNotBegunAnew() throws IOException {
        fill(1, 100);
        Files.delete(database());
        assertUnreadable();
        assertFalse(Files.exists(database()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger.mv.db", "format"})
    void anEmptyFileIsLeftEmpty(String name) throws IOException {
        fill(1, 100);
        Path file = directory().resolve(name);
        Files.write(file, new byte[0]);
        assertUnreadable();
        assertEquals(0, Files.size(file));
    }

    @Test
    void aLedgerWithoutItsFormatIsNotRead() throws IOException {
        fill(1, 100);
        Files.delete(directory().resolve("format"));
        assertUnreadable();
    }

    /** Also for an audit, to which other damaged ledgers are handed on. */
    private void assertUnreadable() {
        LedgerException refused = refused();
        assertEquals(LedgerException.Kind.UNREADABLE, refused.kind());
        assertUnreadableToAnAudit(refused);
    }

    private void assertUnreadableToAnAudit(LedgerException refused) {
        try (H2Ledger ledger = ledger()) {
            LedgerException inspecting = assertThrows(LedgerException.class, ledger::inspect);
            assertEquals(LedgerException.Kind.UNREADABLE, inspecting.kind());
            assertEquals(refused.explanation(), inspecting.explanation());
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsNotHandedFromOneRefusalToTheNext() throws IOException {
        fill(1, 100);
        Files.writeString(database(), "this is not a database");
        LedgerException refused = refused();
        assertEquals(LedgerException.Kind.DAMAGED, refused.kind());
        assertUnreadableToAnAudit(refused);
    }

    @Test
    void aLedgerThatWasBeingMadeIsMadeAnew() throws IOException {
        fill(1, 100);
        Files.move(database(), directory().resolve("fresh.mv.db"));
        try (H2Ledger ledger = ledger()) {
            assertEquals(Optional.empty(), ledger.openExisting());
            try (LedgerSession session = ledger.open()) {
                assertEquals(List.of(), session.statuses(10));
            }
        }
    }

    @Test
    void aLinkOrAFileInPlaceOfTheDirectoryIsRefused() throws IOException {
        Path elsewhere = Files.createDirectory(repository.resolve("elsewhere"));
        Files.createSymbolicLink(directory(), elsewhere);
        assertEquals(LedgerException.Kind.UNAVAILABLE, refused().kind());
        try (Stream<Path> files = Files.list(elsewhere)) {
            assertEquals(0, files.count());
        }
        Files.delete(directory());
        Files.writeString(directory(), "a file");
        assertEquals(LedgerException.Kind.UNAVAILABLE, refused().kind());
        assertEquals("a file", Files.readString(directory()));
    }

    @Test
    void noTextOfAFailureShowsWhatH2WasAskedOrGiven() throws IOException {
        fill(20, 3_000);
        Files.delete(directory().resolve("ledger.state"));
        byte[] whole = Files.readAllBytes(database());
        Arrays.fill(whole, 8_192, whole.length, (byte) 7);
        Files.write(database(), whole);
        StringWriter text = new StringWriter();
        LedgerException refused = refused();
        assertEquals(LedgerException.Kind.DAMAGED, refused.kind());
        refused.printStackTrace(new PrintWriter(text));
        assertFalse(text.toString().contains("SELECT"), text::toString);
        assertFalse(text.toString().contains("jdbc:"), text::toString);
    }
}
