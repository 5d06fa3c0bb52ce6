package dev.railiance.contract.reference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.contract.fault.FaultCode;
import dev.railiance.contract.schema.SchemaNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The reference of the contract, made from its schema so that it cannot say anything else. */
final class ContractReference {

    private final SchemaNode root;
    private final StringBuilder text = new StringBuilder();

    /** Where each definition of the schema was written out: other places refer to it. */
    private final Map<String, String> shown = new HashMap<>();

    private ContractReference(SchemaNode root) {
        this.root = root;
    }

    /** The whole document. The template has {@code {{keys}}} and {@code {{faults}}} where the generated parts go. */
    static String render(String template, SchemaNode root) {
        var reference = new ContractReference(root);
        JsonNode properties = root.node().path("properties");
        reference.table(root);
        for (var property : properties.properties()) {
            reference.section(property.getKey(), new SchemaNode(property.getValue(), root.document()));
        }
        return template.replace("{{keys}}", reference.text.toString().strip()).replace("{{faults}}", faults());
    }

    private void section(String path, SchemaNode schema) {
        SchemaNode table = schema.items().orElse(schema);
        if (table.keyword("properties").isMissingNode()) {
            return;
        }
        boolean list = schema.items().isPresent();
        text.append("\n## `")
                .append(list ? "[[" + path + "]]" : "[" + path + "]")
                .append("`\n\n");
        text.append(description(schema)).append('\n');
        String known = table.definition().isEmpty() ? null : shown.putIfAbsent(table.definition(), path);
        if (known != null) {
            text.append("\nThe keys are those of `").append(known).append("`.\n");
            return;
        }
        List<SchemaNode> branches = table.branches();
        if (branches.isEmpty()) {
            table(table);
            nested(path, table);
        }
        for (SchemaNode branch : branches) {
            String kind =
                    branch.keyword("properties").path("kind").path("const").asText();
            text.append("\n### `")
                    .append(path)
                    .append("` with `kind = \"")
                    .append(kind)
                    .append("\"`\n\n");
            text.append(description(branch)).append('\n');
            table(branch);
        }
    }

    private void nested(String path, SchemaNode table) {
        for (var property : table.keyword("properties").properties()) {
            section(path + "." + property.getKey(), new SchemaNode(property.getValue(), root.document()));
        }
    }

    private void table(SchemaNode schema) {
        List<String> required = new ArrayList<>();
        schema.keyword("required").forEach(key -> required.add(key.asText()));
        text.append("\n| Key | Value | Default | Meaning |\n|---|---|---|---|\n");
        for (var property : schema.keyword("properties").properties()) {
            var at = new SchemaNode(property.getValue(), root.document());
            text.append("| `%s` | %s | %s | %s |%n"
                    .formatted(
                            property.getKey(),
                            cell(value(at)),
                            required.contains(property.getKey()) ? "**required**" : cell(defaultOf(at)),
                            cell(description(at) + examples(at)))
                    .replace(System.lineSeparator(), "\n"));
        }
    }

    private static String description(SchemaNode schema) {
        return schema.keyword("description").asText();
    }

    private static String value(SchemaNode schema) {
        if (schema.keyword("const").isTextual()) {
            return code(schema.keyword("const"));
        }
        if (schema.keyword("enum").isArray()) {
            List<String> options = new ArrayList<>();
            schema.keyword("enum").forEach(option -> options.add(code(option)));
            return String.join(", ", options);
        }
        String title = schema.keyword("title").asText();
        return switch (schema.keyword("type").asText()) {
            case "object" -> "table";
            case "array" ->
                schema.items()
                        .map(items -> items.keyword("properties").isMissingNode() ? "array: " + value(items) : "tables")
                        .orElse("array");
            case "integer" -> "whole number" + range(schema);
            case "number" -> "number" + range(schema);
            case "boolean" -> "`true`, `false`";
            default -> title.isEmpty() ? "text" : title;
        };
    }

    private static String range(SchemaNode schema) {
        JsonNode least = schema.keyword("minimum");
        return least.isMissingNode()
                ? ""
                : ", " + least.asText() + " to " + schema.keyword("maximum").asText();
    }

    private static String defaultOf(SchemaNode schema) {
        JsonNode value = schema.defaultValue();
        return value.isMissingNode() || value.isObject() ? "" : code(value);
    }

    private static String examples(SchemaNode schema) {
        List<String> examples = new ArrayList<>();
        schema.keyword("examples").forEach(example -> examples.add(code(example)));
        return examples.isEmpty() ? "" : " For example " + String.join(", ", examples) + ".";
    }

    private static String code(JsonNode value) {
        return "`" + value + "`";
    }

    /** A bar would end the cell, even in code. */
    private static String cell(String content) {
        return content.replace("|", "\\|");
    }

    private static String faults() {
        return Arrays.stream(FaultCode.values())
                .map(code -> "| `" + code.id() + "` | " + code.severity().id() + " | " + code.title() + " |")
                .collect(Collectors.joining("\n", "| Code | Severity | Meaning |\n|---|---|---|\n", ""));
    }
}
