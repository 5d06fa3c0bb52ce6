package dev.railiance.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionId;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * Events to their stored form and back. The form is canonical JSON (RFC 8785), absent values left out, times as RFC 3339 in
 * UTC and durations as ISO 8601; the same event always gives the same bytes.
 */
public final class EventCodec {

    private final JsonMapper mapper = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(values())
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .build();

    private final Map<EventType, ObjectReader> readers = readers();

    private Map<EventType, ObjectReader> readers() {
        var each = new EnumMap<EventType, ObjectReader>(EventType.class);
        for (EventType type : EventType.values()) {
            each.put(type, mapper.readerFor(type.eventClass));
        }
        return each;
    }

    /** The stored form of an event that is about to be appended. */
    public StoredEvent encode(PromotionId promotion, long sequence, PromotionEvent event) {
        EventType type = EventType.of(event);
        try {
            return new StoredEvent(
                    promotion,
                    sequence,
                    type.storedName,
                    type.version,
                    event.at(),
                    payload(mapper.writeValueAsString(event)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event has no stored form: " + type.storedName, e);
        }
    }

    /** The library parses all of it, which most events can do without. */
    private static String payload(String sorted) {
        return SortedJson.isCanonical(sorted) ? sorted : canonical(sorted);
    }

    /**
     * JSON in its canonical form (RFC 8785).
     *
     * @throws LedgerException if it is no JSON object
     */
    public static String canonical(String json) {
        try {
            return new JsonCanonicalizer(json).getEncodedString();
        } catch (IOException e) {
            throw new LedgerException(LedgerException.Kind.DAMAGED, "a payload is not JSON", e);
        }
    }

    /**
     * The event that was stored, older versions brought up to date.
     *
     * @throws LedgerException if the type or version is newer than this program, or the payload is not of its type
     */
    public PromotionEvent decode(StoredEvent stored) {
        EventType type = EventType.of(stored.type());
        try {
            if (stored.version() == type.version) {
                return current(type, stored.payload());
            }
            if (mapper.readTree(stored.payload()) instanceof ObjectNode payload) {
                return mapper.treeToValue(Upcasters.upcast(type, stored.version(), payload), type.eventClass);
            }
            throw new IllegalArgumentException("not an object");
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new LedgerException(
                    LedgerException.Kind.DAMAGED,
                    "event " + stored.sequence() + " of promotion " + stored.promotion() + " cannot be read",
                    e);
        }
    }

    /** What is of today's version is read without a tree in between. */
    private PromotionEvent current(EventType type, String payload) throws JsonProcessingException {
        ObjectReader reader = readers.get(type);
        PromotionEvent event = reader == null ? null : reader.readValue(payload);
        if (event == null) {
            throw new IllegalArgumentException("not an object");
        }
        return event;
    }

    /** The stored form of an event as a tree. */
    public ObjectNode tree(PromotionEvent event) {
        return mapper.valueToTree(event);
    }

    /** The value types that are written as plain text. */
    private static SimpleModule values() {
        var module = new SimpleModule();
        reading(module, Instant.class, StoredInstant::parse);
        text(module, PromotionId.class, PromotionId::new);
        text(module, AttemptId.class, AttemptId::new);
        text(module, Digest.class, Digest::new);
        text(module, Actor.class, Actor::new);
        return module;
    }

    private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addSerializer(type, ToStringSerializer.instance);
        reading(module, type, parse);
    }

    private static <T> void reading(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addDeserializer(type, new FromStringDeserializer<T>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            protected T _deserialize(String value, DeserializationContext context) {
                return parse.apply(value);
            }
        });
    }
}
