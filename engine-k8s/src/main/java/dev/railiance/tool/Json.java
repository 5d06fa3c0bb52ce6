package dev.railiance.tool;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.railiance.process.Captured;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** JSON as a tool printed it, whole and alone; what is missing in it reads as empty. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private Json() {}

    /** Reads a document, or answers that it is none. A {@code reading} that throws {@link Odd} is none either. */
    public static <T> Answer<T> read(Operation<?> operation, Captured stdout, Function<JsonNode, T> reading) {
        try {
            return Answer.done(reading.apply(MAPPER.readTree(stdout.bytes())));
        } catch (Odd e) {
            return operation.unreadable("printed JSON of another form");
        } catch (IOException e) {
            // The exception quotes what was printed.
            return operation.unreadable("printed no JSON document");
        }
    }

    /** A document that lacks what every such document has. */
    public static final class Odd extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Odd() {
            super("the document lacks a field", null, false, false);
        }
    }

    /** A text that has to be there. */
    public static String text(JsonNode node, String field) {
        return textAt(node, field).orElseThrow(Odd::new);
    }

    /** A text that may be missing; an empty one is missing. */
    public static Optional<String> textAt(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.textValue().isEmpty() ? Optional.of(value.textValue()) : Optional.empty();
    }

    /** A whole number that has to be there. */
    public static int number(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.canConvertToInt() || !value.isIntegralNumber()) {
            throw new Odd();
        }
        return value.intValue();
    }

    /** A whole number that is {@code otherwise} when it is missing. */
    public static int number(JsonNode node, String field, int otherwise) {
        return node.path(field).asInt(otherwise);
    }

    /** A time that may be missing or not be one. */
    public static Optional<Instant> time(JsonNode node, String field) {
        return textAt(node, field).flatMap(text -> {
            try {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        });
    }

    /** Members of a list that has to be there. */
    public static <T> List<T> members(JsonNode list, Function<JsonNode, T> reading) {
        if (!list.isArray()) {
            throw new Odd();
        }
        return each(list, reading);
    }

    /** Members of a list; none when there is no list. */
    public static <T> List<T> each(JsonNode list, Function<JsonNode, T> reading) {
        List<T> all = new ArrayList<>();
        if (list.isArray()) {
            list.forEach(member -> all.add(reading.apply(member)));
        }
        return List.copyOf(all);
    }

    /** An object that has to be there; null stands for an empty one. */
    public static JsonNode objectOrNull(JsonNode node) {
        if (node.isNull()) {
            return MAPPER.createObjectNode();
        }
        if (!node.isObject()) {
            throw new Odd();
        }
        return node;
    }

    /** The texts of an object, in their order of names. */
    public static SortedMap<String, String> texts(JsonNode object) {
        var all = new TreeMap<String, String>();
        object.properties().forEach(entry -> {
            if (entry.getValue().isTextual()) {
                all.put(entry.getKey(), entry.getValue().textValue());
            }
        });
        return Collections.unmodifiableSortedMap(all);
    }
}
