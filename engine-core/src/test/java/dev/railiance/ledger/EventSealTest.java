package dev.railiance.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;

/** The seals, held against a serialiser of canonical JSON that knows nothing of events. */
class EventSealTest {

    private static final Hash PREVIOUS = Hash.over("previous");

    @Test
    void whatIsHashedIsTheCanonicalFormOfTheWholeEvent() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        for (var event : EveryEvent.list()) {
            StoredEvent stored = new EventCodec().encode(EveryEvent.ID, 12, event);
            ObjectNode tree = mapper.createObjectNode();
            tree.put("version", stored.version());
            tree.put("type", stored.type());
            tree.put("sequence", 12);
            tree.put("promotion", EveryEvent.ID.value());
            tree.put("previous", PREVIOUS.toString());
            tree.set("payload", mapper.readTree(stored.payload()));
            tree.put("at", stored.at().toString());
            String canonical = new JsonCanonicalizer(mapper.writeValueAsString(tree)).getEncodedString();
            assertEquals(canonical, EventSeal.canonical(stored, PREVIOUS));
            assertEquals(Hash.over(canonical), EventSeal.event(stored, PREVIOUS));
        }
    }

    @Test
    void thePlaceInTheLedgerIsNotInTheHashOfAnEvent() {
        StoredEvent event = Samples.event(1, 0);
        StoredEvent here = EventSeal.seal(event, PREVIOUS, Hash.over("here"), 7);
        StoredEvent there = EventSeal.seal(event, PREVIOUS, Hash.over("there"), 8);
        assertEquals(here.seal().event(), there.seal().event());
        assertNotEquals(here.seal().ledger(), there.seal().ledger());
    }

    @Test
    void theHashesAreTheDocumentedOnes() {
        StoredEvent event = new StoredEvent(
                EveryEvent.ID, 0, "promotion.aborted", 1, Instant.parse("2026-01-02T03:04:05.000006Z"), "{\"a\":1}");
        assertEquals(
                "{\"at\":\"2026-01-02T03:04:05.000006Z\",\"payload\":{\"a\":1},\"previous\":\"" + "0".repeat(64)
                        + "\",\"promotion\":\"" + EveryEvent.ID
                        + "\",\"sequence\":0,\"type\":\"promotion.aborted\",\"version\":1}",
                EventSeal.canonical(event, Hash.ZERO));
    }

    @Test
    void aHashIsSixtyFourLowerCaseDigits() {
        assertEquals(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                Hash.over("").toString());
        assertEquals(PREVIOUS, Hash.parse(PREVIOUS.toString()));
        assertEquals(PREVIOUS, Hash.of(PREVIOUS.bytes()));
        assertThrows(IllegalArgumentException.class, () -> Hash.parse("E3B0"));
        assertThrows(IllegalArgumentException.class, () -> Hash.of(new byte[31]));
    }
}
