package dev.railiance.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.promotion.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written into a ledger today must be readable for ever: the committed samples hold every version. */
class StoredFormTest {

    private final EventCodec codec = new EventCodec();

    static Stream<PromotionEvent> everyEvent() {
        return EveryEvent.list().stream();
    }

    static Stream<EventType> everyType() {
        return Arrays.stream(EventType.values());
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void everyEventComesBackAsItWas(PromotionEvent event) {
        assertEquals(event, codec.decode(codec.encode(EveryEvent.ID, 3, event)));
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void whatIsWrittenIsInCanonicalForm(PromotionEvent event) {
        String payload = codec.encode(EveryEvent.ID, 3, event).payload();
        assertEquals(EventCodec.canonical(payload), payload);
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void theCommittedSampleOfTodaysVersionIsWhatIsWritten(PromotionEvent event) throws IOException {
        StoredEvent stored = codec.encode(EveryEvent.ID, 3, event);
        String name = stored.type() + ".v" + stored.version() + ".json";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(
                    Path.of("src/test/resources/dev/railiance/ledger/samples", name), stored.payload() + "\n");
        }
        assertEquals(sample(stored.type(), stored.version()), stored.payload());
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void everyVersionEverWrittenIsRead(EventType type) throws IOException {
        for (int version = 1; version <= type.version; version++) {
            PromotionEvent event = codec.decode(stored(type.storedName, version, sample(type.storedName, version)));
            assertEquals(type.storedName, event.type());
        }
    }

    @Test
    void everyEventTypeHasASampleInTheList() {
        var covered = new HashSet<Class<?>>();
        EveryEvent.list().forEach(event -> covered.add(event.getClass()));
        assertEquals(covered, new HashSet<>(Arrays.asList(PromotionEvent.class.getPermittedSubclasses())));
        assertEquals(EventType.values().length, covered.size());
    }

    @Test
    void aPromotionOpenedBeforeEnvironmentsWereKnownIsForProduction() throws IOException {
        var opened = (PromotionOpened) codec.decode(stored("promotion.opened", 1, sample("promotion.opened", 1)));

        assertEquals(new Target("shop", "production"), opened.target());
    }

    @Test
    void anApprovalGivenBeforeStatementsWereKeptIsReadWithoutOne() throws IOException {
        var granted = (PromotionEvent.ApprovalGranted)
                codec.decode(stored("approval.granted", 1, sample("approval.granted", 1)));

        assertTrue(granted.approval().signed());
        assertEquals(Optional.empty(), granted.approval().proof());
        assertEquals(Optional.empty(), granted.approval().freeze());
    }

    @Test
    void aTypeOrVersionOfTheFutureIsRefused() throws IOException {
        String payload = sample("promotion.aborted", 1);

        assertEquals(
                LedgerException.Kind.FUTURE_VERSION,
                assertThrows(LedgerException.class, () -> codec.decode(stored("promotion.teleported", 1, payload)))
                        .kind());
        assertEquals(
                LedgerException.Kind.FUTURE_VERSION,
                assertThrows(LedgerException.class, () -> codec.decode(stored("promotion.aborted", 2, payload)))
                        .kind());
    }

    @Test
    void aPayloadThatIsNotOfItsTypeIsDamageAndIsNotQuoted() {
        for (String payload : new String[] {
            "", "{", "[]", "null", "{\"hunter2\":1}", "{\"at\":\"hunter2\",\"by\":\"ada\",\"reason\":\"x\"}", "{}"
        }) {
            var thrown = assertThrows(
                    LedgerException.class, () -> codec.decode(stored("promotion.aborted", 1, payload)), payload);
            assertEquals(LedgerException.Kind.DAMAGED, thrown.kind());
            assertTrue(!thrown.toString().contains("hunter2"), thrown.toString());
        }
    }

    private static StoredEvent stored(String type, int version, String payload) {
        return new StoredEvent(EveryEvent.ID, 0, type, version, Instant.EPOCH, payload);
    }

    private static String sample(String type, int version) throws IOException {
        try (InputStream in = StoredFormTest.class.getResourceAsStream("samples/" + type + ".v" + version + ".json")) {
            if (in == null) {
                throw new AssertionError("no committed sample of " + type + ".v" + version);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
