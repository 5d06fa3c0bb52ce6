package dev.railiance.contract.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.contract.fault.FaultCode;
import dev.railiance.contract.fault.Finding;
import dev.railiance.contract.fault.Shown;
import dev.railiance.contract.fault.Similar;
import dev.railiance.contract.value.KeyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in the contract's own words what a JSON Schema validator found. */
public final class SchemaFindings {

    private final JsonNode instance;
    private final SchemaNode root;

    private SchemaFindings(JsonNode instance, SchemaNode root) {
        this.instance = instance;
        this.root = root;
    }

    /** Everything in the instance that the schema does not allow, each thing once. */
    public static List<Finding> of(JsonNode instance, PublishedSchema schema) {
        var findings = new SchemaFindings(instance, schema.node());
        List<Violation> violations = schema.violations(instance);
        Set<List<Object>> misspelt = violations.stream()
                .flatMap(violation -> findings.meant(violation).stream())
                .collect(Collectors.toSet());
        // A key that is there under a wrong name is not missing too: it is one slip.
        return violations.stream()
                .filter(violation -> !(violation.keyword().equals("required") && misspelt.contains(named(violation))))
                .map(findings::finding)
                .distinct()
                .toList();
    }

    /** The whole way to the property that an unknown key was probably meant to be. */
    private Optional<List<Object>> meant(Violation violation) {
        if (!violation.keyword().equals("additionalProperties")) {
            return Optional.empty();
        }
        Place place = place(violation);
        return Similar.nearest(violation.property().orElse(""), place.schema().propertyNames(place.value()))
                .map(key -> named(violation.path(), key));
    }

    private static List<Object> named(Violation violation) {
        return named(violation.path(), violation.property().orElse(""));
    }

    private static List<Object> named(List<Object> path, String key) {
        return Stream.concat(path.stream(), Stream.of(key)).toList();
    }

    private record Place(KeyPath path, JsonNode value, SchemaNode schema) {}

    private Place place(Violation violation) {
        KeyPath path = KeyPath.TOP;
        JsonNode value = instance;
        Optional<SchemaNode> schema = Optional.of(root);
        for (Object step : violation.path()) {
            JsonNode here = value;
            if (step instanceof Integer index) {
                path = path.item(index);
                schema = schema.flatMap(SchemaNode::items);
                value = value.path(index);
            } else {
                String key = step.toString();
                path = path.key(key);
                schema = schema.flatMap(s -> s.property(key, here));
                value = value.path(key);
            }
        }
        return new Place(path, value, schema.orElse(root));
    }

    private Finding finding(Violation violation) {
        Place place = place(violation);
        KeyPath path = place.path();
        JsonNode value = place.value();
        SchemaNode at = place.schema();
        return switch (violation.keyword()) {
            case "required" -> missing(violation, path);
            case "additionalProperties" -> unknown(violation, path, value, at);
            case "type" -> wrongType(violation, path, value);
            case "enum", "const" -> notAllowed(violation, path, value);
            case "pattern" -> wrongForm(path, value, at);
            case "minimum", "maximum" -> outOfRange(path, value, at);
            case "minLength", "maxLength", "minItems", "maxItems", "uniqueItems" -> wrongLength(path, value, at);
            default -> Finding.atValue(FaultCode.SCHEMA, path, shown(path) + " does not follow the schema");
        };
    }

    private static Finding missing(Violation violation, KeyPath path) {
        String key = violation.property().orElse("?");
        return Finding.atKey(FaultCode.MISSING_KEY, path, path.key(key) + " is missing")
                .expected("a value for \"" + key + "\"");
    }

    private static Finding unknown(Violation violation, KeyPath path, JsonNode table, SchemaNode schema) {
        String key = violation.property().orElse("?");
        List<String> allowed = schema.propertyNames(table);
        String place = path.steps().isEmpty() ? "the contract" : path.toString();
        return Finding.atKey(FaultCode.UNKNOWN_KEY, path.key(key), Shown.quoted(key) + " is no key of " + place)
                .found(Shown.cut(key))
                .expected(oneOf(allowed))
                .suggest(Similar.hint(key, allowed));
    }

    private static Finding wrongType(Violation violation, KeyPath path, JsonNode value) {
        return Finding.atValue(FaultCode.WRONG_TYPE, path, shown(path) + " has the wrong type")
                .found(described(value))
                .expected(type(violation.requirement().asText()));
    }

    private static Finding notAllowed(Violation violation, KeyPath path, JsonNode value) {
        List<String> allowed = new ArrayList<>();
        if (violation.requirement().isArray()) {
            violation.requirement().forEach(option -> allowed.add(option.asText()));
        } else {
            allowed.add(violation.requirement().asText());
        }
        return Finding.atValue(FaultCode.NOT_ALLOWED, path, shown(path) + " has a value that is not allowed")
                .found(described(value))
                .expected(oneOf(allowed))
                .suggest(Similar.hint(value.asText(), allowed));
    }

    private static Finding wrongForm(KeyPath path, JsonNode value, SchemaNode schema) {
        return Finding.atValue(FaultCode.WRONG_FORM, path, shown(path) + " has the wrong form")
                .found(described(value))
                .expected(schema.keyword("title").asText("another form"));
    }

    private static Finding outOfRange(KeyPath path, JsonNode value, SchemaNode schema) {
        JsonNode least = schema.keyword("minimum");
        JsonNode most = schema.keyword("maximum");
        return Finding.atValue(FaultCode.OUT_OF_RANGE, path, shown(path) + " is out of range")
                .found(described(value))
                .expected(least.asText() + " to " + most.asText());
    }

    private static Finding wrongLength(KeyPath path, JsonNode value, SchemaNode schema) {
        List<String> wanted = new ArrayList<>();
        String unit = value.isArray() ? "items" : "characters";
        number(schema, value.isArray() ? "minItems" : "minLength").ifPresent(n -> wanted.add(n + " or more " + unit));
        number(schema, value.isArray() ? "maxItems" : "maxLength").ifPresent(n -> wanted.add(n + " or fewer " + unit));
        if (schema.keyword("uniqueItems").asBoolean()) {
            wanted.add("no item twice");
        }
        return Finding.atValue(FaultCode.WRONG_LENGTH, path, shown(path) + " has the wrong length")
                .found(described(value))
                .expected(String.join(", ", wanted));
    }

    private static Optional<String> number(SchemaNode schema, String keyword) {
        JsonNode value = schema.keyword(keyword);
        return value.isMissingNode() ? Optional.empty() : Optional.of(value.asText());
    }

    private static String shown(KeyPath path) {
        return path.steps().isEmpty() ? "the contract" : path.toString();
    }

    private static String oneOf(List<String> allowed) {
        return allowed.size() == 1 ? allowed.getFirst() : "one of " + String.join(", ", allowed);
    }

    private static String type(String type) {
        return switch (type) {
            case "object" -> "a table";
            case "array" -> "an array";
            case "string" -> "a text in quotes";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            default -> type;
        };
    }

    private static String described(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "a table";
            case ARRAY -> value.isEmpty() ? "an empty array" : "an array of " + value.size();
            case STRING -> Shown.quoted(value.textValue());
            default -> Shown.cut(value.asText());
        };
    }
}
