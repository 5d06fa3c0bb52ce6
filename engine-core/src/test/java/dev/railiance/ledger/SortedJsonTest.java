package dev.railiance.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedJsonTest {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<String> text = Arbitraries.strings()
                .withCharRange('\u0000', '\u0400')
                .withChars('"', '\\', '/', '\u007f', '\u2028', '\uffff')
                .ofMaxLength(12);
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                text.map(Object.class::cast),
                Arbitraries.longs().map(Object.class::cast),
                Arbitraries.integers().between(-20, 2_000_000).map(Object.class::cast),
                Arbitraries.doubles().map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast));
        Arbitrary<Object> list = leaf.list().ofMaxSize(3).map(Object.class::cast);
        Arbitrary<Object> map = Arbitraries.maps(text, Arbitraries.oneOf(leaf, list))
                .ofMaxSize(4)
                .map(Object.class::cast);
        return Arbitraries.oneOf(leaf, list, map);
    }

    @Property(tries = 2_000)
    void whatStandsAsItIsIsWhatTheLibraryMakesOfIt(@ForAll("values") Object value) throws JsonProcessingException {
        String sorted = MAPPER.writeValueAsString(Map.of("value", value));
        if (SortedJson.isCanonical(sorted)) {
            assertEquals(EventCodec.canonical(sorted), sorted);
        }
    }

    @Test
    void ordinaryTextsAndNumbersStandAsTheyAre() throws JsonProcessingException {
        String sorted = MAPPER.writeValueAsString(
                Map.of("a", List.of("ü€ \"quoted\" \\ and\ttabbed\n", 0, 999_999_999_999_999L), "b", true));
        assertTrue(SortedJson.isCanonical(sorted), sorted);
        assertEquals(EventCodec.canonical(sorted), sorted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1.0}",
                "{\"a\":-0}",
                "{\"a\":1e3}",
                "{\"a\":1234567890123456}",
                "{\"a\":\"\\u001F\"}",
                "{\"a\":\"open",
                "{\"a\":\"\\"
            })
    void whatTakesACloserLookDoesNotStand(String json) {
        assertFalse(SortedJson.isCanonical(json));
    }
}
