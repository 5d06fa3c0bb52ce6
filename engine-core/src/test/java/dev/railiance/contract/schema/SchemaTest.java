package dev.railiance.contract.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.railiance.contract.Contracts;
import dev.railiance.contract.toml.TomlParser;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SchemaTest {

    private static final SchemaCatalog CATALOG = new SchemaCatalog();

    static List<String> names() {
        return CATALOG.names();
    }

    @Test
    void theCatalogListsTheSchemasOfTheContractAndOfItsValidation() {
        assertTrue(CATALOG.names().containsAll(List.of(SchemaCatalog.APP, "railiance.validate-result.v1")));
        assertEquals(Optional.empty(), CATALOG.text("none"));
        assertEquals(Optional.empty(), CATALOG.text("../schemas/railiance-app"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aSchemaIsPublishedByteForByte(String name) throws IOException {
        assertEquals(
                Files.readString(Contracts.EXAMPLES.resolve("../schemas/" + name + ".schema.json")),
                CATALOG.text(name).orElseThrow());
    }

    @Test
    void everyTableOfTheContractRefusesUnknownKeys() {
        List<String> open = new ArrayList<>();
        tables(app().node(), "", (path, table) -> {
            if (!table.has("allOf")
                    && !table.path("additionalProperties").equals(JsonNodeFactory.instance.booleanNode(false))) {
                open.add(path);
            }
        });
        assertEquals(List.of(), open);
    }

    @Test
    void everyKeyOfTheContractIsDescribed() {
        List<String> silent = new ArrayList<>();
        tables(
                app().node(),
                "",
                (path, table) -> table.path("properties").properties().forEach(property -> {
                    if (property.getValue().path("description").asText().isBlank()) {
                        silent.add(path + "/" + property.getKey());
                    }
                }));
        assertEquals(List.of(), silent);
    }

    @Test
    void everyDefaultAndExampleIsAllowedByItsOwnSchema() {
        List<String> wrong = new ArrayList<>();
        tables(
                app().node(),
                "",
                (path, table) -> table.path("properties").properties().forEach(property -> {
                    List<JsonNode> values = new ArrayList<>();
                    property.getValue().path("examples").forEach(values::add);
                    if (property.getValue().has("default")) {
                        values.add(property.getValue().path("default"));
                    }
                    for (JsonNode value : values) {
                        if (!alone(property.getValue()).violations(value).isEmpty()) {
                            wrong.add(path + "/" + property.getKey() + " " + value);
                        }
                    }
                }));
        assertEquals(List.of(), wrong);
    }

    @Test
    void aLineBreakAtTheEndIsNotOverlooked() {
        JsonNode tree = TomlParser.parse(Contracts.LEAST.replace("\"shop-web\"", "\"shop-web\\n\""))
                .root();
        assertFalse(schema().violations(tree).isEmpty());
    }

    @Test
    void aReferenceToTheNetworkIsNeverFollowed() throws IOException {
        JsonNode remote = JsonMapper.builder().build().readTree("{\"$ref\": \"http://127.0.0.1:1/x.json\"}");
        Exception refusal = null;
        try {
            new PublishedSchema(remote).violations(JsonNodeFactory.instance.objectNode());
        } catch (RuntimeException e) {
            refusal = e;
        }
        assertTrue(
                refusal != null && !String.valueOf(refusal).contains("Connection"), () -> "the reference was followed");
    }

    private static PublishedSchema schema() {
        return CATALOG.schema(SchemaCatalog.APP).orElseThrow();
    }

    private static SchemaNode app() {
        return schema().node();
    }

    /** One place of the contract's schema as a schema of its own, with the definitions that it may refer to. */
    private static PublishedSchema alone(JsonNode node) {
        var copy = (ObjectNode) node.deepCopy();
        copy.set("$defs", app().document().path("$defs"));
        return new PublishedSchema(copy);
    }

    private interface TableVisitor {
        void visit(String path, JsonNode table);
    }

    private static void tables(JsonNode node, String path, TableVisitor visitor) {
        if (node.isObject()
                && node.path("properties").isObject()
                && node.path("type").asText().equals("object")) {
            visitor.visit(path, node);
        }
        if (node.isObject()) {
            node.properties().forEach(entry -> tables(entry.getValue(), path + "/" + entry.getKey(), visitor));
        }
    }
}
