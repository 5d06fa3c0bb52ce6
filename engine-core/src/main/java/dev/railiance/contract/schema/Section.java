package dev.railiance.contract.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.railiance.contract.value.DurationText;
import dev.railiance.contract.value.KeyPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One table of an instance together with its schema: what is asked for and not there has the schema's default. What has
 * the wrong type counts as not there, so that rules can look at an instance that is at fault elsewhere.
 *
 * @param path where the table is, or would be
 * @param node the table; an empty one where the instance has none
 */
public record Section(KeyPath path, JsonNode node, SchemaNode schema) {

    /** The whole instance. */
    public static Section of(JsonNode instance, PublishedSchema schema) {
        return new Section(KeyPath.TOP, instance, schema.node());
    }

    /** Whether the instance itself has the key. */
    public boolean has(String key) {
        return node.has(key);
    }

    /** The path of a key of this table. */
    public KeyPath at(String key) {
        return path.key(key);
    }

    /** The table at the key; where the instance has none, an empty one. */
    public Section section(String key) {
        JsonNode child = node.path(key).isObject() ? node.path(key) : JsonNodeFactory.instance.objectNode();
        return new Section(at(key), child, declared(key));
    }

    /** The table at the key, or nothing where the instance has none. */
    public Optional<Section> given(String key) {
        return node.path(key).isObject() ? Optional.of(section(key)) : Optional.empty();
    }

    /** The tables in the array at the key. */
    public List<Section> sections(String key) {
        Optional<SchemaNode> items = declared(key).items();
        List<Section> sections = new ArrayList<>();
        JsonNode array = node.path(key);
        for (int i = 0; i < array.size() && array.isArray() && items.isPresent(); i++) {
            if (array.get(i).isObject()) {
                sections.add(new Section(at(key).item(i), array.get(i), items.get()));
            }
        }
        return sections;
    }

    /** The text at the key. */
    public Optional<String> text(String key) {
        JsonNode value = value(key);
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    /** The texts in the array at the key. */
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        JsonNode value = value(key);
        if (value.isArray()) {
            value.forEach(item -> {
                if (item.isTextual()) {
                    texts.add(item.textValue());
                }
            });
        }
        return texts;
    }

    /** The whole number at the key. */
    public OptionalInt integer(String key) {
        JsonNode value = value(key);
        // To a JSON Schema 80.0 is a whole number.
        return value.isNumber() && value.doubleValue() == (int) value.doubleValue()
                ? OptionalInt.of((int) value.doubleValue())
                : OptionalInt.empty();
    }

    /** The number at the key, or 0. */
    public double number(String key) {
        return value(key).doubleValue();
    }

    /** The whole number at the key, or 0. */
    public long whole(String key) {
        return value(key).longValue();
    }

    /** The truth value at the key, or false. */
    public boolean flag(String key) {
        return value(key).booleanValue();
    }

    /** The duration at the key. */
    public Optional<Duration> duration(String key) {
        return text(key).flatMap(DurationText::parse);
    }

    private JsonNode value(String key) {
        return node.has(key) ? node.get(key) : declared(key).defaultValue();
    }

    private SchemaNode declared(String key) {
        return schema.property(key, node)
                .orElse(new SchemaNode(JsonNodeFactory.instance.objectNode(), schema.document()));
    }
}
