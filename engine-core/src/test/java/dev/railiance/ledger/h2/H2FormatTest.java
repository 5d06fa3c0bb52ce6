package dev.railiance.ledger.h2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.Samples;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that an earlier Railiance wrote, committed beside this test, and one of a later Railiance. */
class H2FormatTest {

    @TempDir
    Path directory;

    @BeforeEach
    void aLedgerOfFormat1() throws IOException {
        for (String file : List.of("format", "ledger.mv.db", "ledger.state")) {
            try (InputStream in = H2FormatTest.class.getResourceAsStream("format-1/" + file)) {
                Files.copy(in, directory.resolve(file));
            }
        }
    }

    private H2Ledger ledger() {
        return new H2Ledger(new LedgerLocation.Embedded(directory));
    }

    private static void assertWhole(LedgerSession session) {
        List<StoredEvent> events = new ArrayList<>();
        session.scan(0, events::add);
        assertEquals(6, events.size());
        Map<PromotionId, Hash> previous = new HashMap<>();
        Hash ledger = Hash.ZERO;
        EventCodec codec = new EventCodec();
        for (StoredEvent event : events) {
            Hash before = previous.getOrDefault(event.promotion(), Hash.ZERO);
            assertEquals(event, EventSeal.seal(event, before, ledger, event.position()));
            assertEquals(EventCodec.canonical(event.payload()), event.payload());
            assertEquals(event.at(), codec.decode(event).at());
            previous.put(event.promotion(), event.seal().event());
            ledger = event.seal().ledger();
        }
        assertEquals(2, session.statuses(10).size());
    }

    @Test
    void itsEventsAreSealedWhenItIsOpened() throws IOException {
        try (H2Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            assertWhole(session);
            session.append(Samples.events(1, 0, 1), Samples.status(1, 0, Phase.OPENED));
        }
        assertEquals(
                "railiance-ledger 2",
                Files.readString(directory.resolve("format")).strip());
    }

    @Test
    void itIsBroughtUpToDateAlsoByWhoOnlyLooks() {
        try (H2Ledger ledger = ledger();
                LedgerSession session = ledger.openExisting().orElseThrow()) {
            assertWhole(session);
        }
    }

    @Test
    void aProcessThatDiedBeforeItNotedTheNewFormatIsForgiven() throws IOException {
        try (H2Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            assertWhole(session);
        }
        Files.writeString(directory.resolve("format"), "railiance-ledger 1\n");
        try (H2Ledger ledger = ledger();
                LedgerSession session = ledger.open()) {
            assertWhole(session);
        }
    }

    @Test
    void aLedgerOfTheFutureIsNotTouched() throws IOException {
        Files.writeString(directory.resolve("format"), "railiance-ledger 3\n");
        byte[] before = Files.readAllBytes(directory.resolve("ledger.mv.db"));
        try (H2Ledger ledger = ledger()) {
            for (Runnable act :
                    List.<Runnable>of(ledger::open, ledger::openExisting, () -> ledger.lease(Samples.id(1)))) {
                assertEquals(
                        LedgerException.Kind.FUTURE_VERSION,
                        assertThrows(LedgerException.class, act::run).kind());
            }
        }
        assertArrayEquals(before, Files.readAllBytes(directory.resolve("ledger.mv.db")));
        try (var files = Files.list(directory)) {
            assertTrue(files.count() == 3, "a file has appeared");
        }
    }
}
