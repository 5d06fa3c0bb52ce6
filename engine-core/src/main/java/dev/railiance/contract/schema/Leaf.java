package dev.railiance.contract.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.contract.value.KeyPath;
import java.util.ArrayList;
import java.util.List;

/**
 * A single text, number or truth value in an instance, with the name of the definition that its schema refers to.
 *
 * @param definition for example {@code path} or {@code duration}; empty where the schema says it in place
 */
public record Leaf(KeyPath path, JsonNode value, String definition) {

    /** All single values of the instance that the schema knows, in order. */
    public static List<Leaf> of(Section section) {
        List<Leaf> leaves = new ArrayList<>();
        collect(section.path(), section.node(), section.schema(), leaves);
        return leaves;
    }

    private static void collect(KeyPath path, JsonNode node, SchemaNode schema, List<Leaf> leaves) {
        if (node.isObject()) {
            for (var entry : node.properties()) {
                schema.property(entry.getKey(), node)
                        .ifPresent(child -> collect(path.key(entry.getKey()), entry.getValue(), child, leaves));
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                KeyPath at = path.item(i);
                JsonNode item = node.get(i);
                schema.items().ifPresent(child -> collect(at, item, child, leaves));
            }
        } else {
            leaves.add(new Leaf(path, node, schema.definition()));
        }
    }
}
