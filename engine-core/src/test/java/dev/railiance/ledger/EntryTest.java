package dev.railiance.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.railiance.promotion.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryTest {

    private static void assertBug(List<StoredEvent> events, StatusRow status) {
        assertThrows(IllegalArgumentException.class, () -> Entry.of(events, status));
    }

    @Test
    void eventsThatDoNotBelongTogetherAreABug() {
        StatusRow status = Samples.status(1, 1, Phase.OPENED);
        StoredEvent first = Samples.event(1, 0);
        assertBug(List.of(), status);
        assertBug(List.of(first), status);
        assertBug(List.of(first, Samples.event(2, 1)), status);
        assertBug(List.of(first, Samples.event(1, 2)), Samples.status(1, 2, Phase.OPENED));
        assertEquals(
                2,
                Entry.of(List.of(first, Samples.event(1, 1)), status).events().size());
    }

    @Test
    void aDocumentUnderAnotherDigestIsABug() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new KeptDocument(KeptDocument.of("one").digest(), "two"));
    }
}
