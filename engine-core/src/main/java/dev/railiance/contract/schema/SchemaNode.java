package dev.railiance.contract.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One place in a schema. Follows references inside the document, and of a choice ({@code allOf} of {@code if} and
 * {@code then}) the branch that an instance takes.
 *
 * @param node the schema at this place, as written
 * @param document the whole schema
 */
public record SchemaNode(JsonNode node, JsonNode document) {

    private static final String DEFINITIONS = "#/$defs/";

    /** The name of the definition that this place refers to; empty where it refers to none. */
    public String definition() {
        String reference = node.path("$ref").asText("");
        return reference.startsWith(DEFINITIONS) ? reference.substring(DEFINITIONS.length()) : "";
    }

    /** The value of a keyword, at this place or in the definition it refers to; a missing node where there is none. */
    public JsonNode keyword(String keyword) {
        return node.has(keyword) || definition().isEmpty() ? node.path(keyword) : target().keyword(keyword);
    }

    /** The declared default; a missing node where there is none. */
    public JsonNode defaultValue() {
        return keyword("default");
    }

    /** The schema of a property of the instance, or nothing where it may have none of that name. */
    public Optional<SchemaNode> property(String key, JsonNode instance) {
        JsonNode property = branch(instance).keyword("properties").path(key);
        return property.isMissingNode() ? Optional.empty() : Optional.of(new SchemaNode(property, document));
    }

    /** The properties that the instance may have. */
    public List<String> propertyNames(JsonNode instance) {
        List<String> names = new ArrayList<>();
        branch(instance).keyword("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The schema of the items, or nothing where this is no array. */
    public Optional<SchemaNode> items() {
        JsonNode items = keyword("items");
        return items.isMissingNode() ? Optional.empty() : Optional.of(new SchemaNode(items, document));
    }

    /** The schemas between which the value of one property chooses; empty where there is no choice. */
    public List<SchemaNode> branches() {
        List<SchemaNode> branches = new ArrayList<>();
        keyword("allOf").forEach(choice -> branches.add(new SchemaNode(choice.path("then"), document)));
        return branches;
    }

    private SchemaNode branch(JsonNode instance) {
        for (JsonNode choice : keyword("allOf")) {
            var conditions = choice.path("if").path("properties").properties();
            if (conditions.stream()
                    .allMatch(condition ->
                            condition.getValue().path("const").equals(instance.path(condition.getKey())))) {
                return new SchemaNode(choice.path("then"), document);
            }
        }
        return this;
    }

    private SchemaNode target() {
        return new SchemaNode(document.path("$defs").path(definition()), document);
    }
}
