package dev.railiance.contract.toml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.railiance.contract.fault.Position;
import dev.railiance.contract.toml.TomlDocument.SyntaxError;
import dev.railiance.contract.value.KeyPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlElement;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/** Turns TOML text into a tree of JSON values with positions. Dates and times become text, infinities and NaN too. */
public final class TomlParser {

    /** No contract nests nearly as deep; a text that does is an attack on the stack. */
    private static final int DEEPEST = 32;

    /** So many lines are tried when it is searched for the one that cannot be parsed. */
    private static final int MOST_TABLES = 200;

    private final JsonNodeFactory json = JsonNodeFactory.instance;
    private final Map<KeyPath, Position> keys = new HashMap<>();
    private final Map<KeyPath, Position> values = new HashMap<>();

    private TomlParser() {}

    /** The document; faults of syntax are part of it. Never throws, whatever the text. */
    public static TomlDocument parse(String text) {
        try {
            return document(read(text));
        } catch (NullPointerException e) {
            return stumbled(text);
        }
    }

    /**
     * tomlj 2.2 looks for a comma at the end of an inline table, which TOML 1.0 has not, and stumbles where that table is broken
     * ({@code a = { b =,}}), in any version that it knows. The line without which it would not is told instead.
     */
    private static TomlDocument stumbled(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        int line = IntStream.range(0, lines.size())
                .filter(at -> lines.get(at).contains("{"))
                .limit(MOST_TABLES)
                .filter(at -> !stumbles(without(at, lines)))
                .findFirst()
                .orElse(0);
        var error = new SyntaxError(new Position(line + 1, 1), "an inline table that is broken");
        return new TomlDocument(JsonNodeFactory.instance.objectNode(), Map.of(), Map.of(), List.of(error));
    }

    private static String without(int at, List<String> lines) {
        var left = new ArrayList<>(lines);
        left.set(at, "");
        return String.join("\n", left);
    }

    private static boolean stumbles(String text) {
        try {
            read(text);
            return false;
        } catch (NullPointerException e) {
            return true;
        }
    }

    private static TomlDocument document(TomlParseResult result) {
        var parser = new TomlParser();
        ObjectNode root = parser.table(result, KeyPath.TOP);
        List<SyntaxError> errors = new ArrayList<>();
        for (var error : result.errors()) {
            String message = error.getMessage();
            errors.add(new SyntaxError(position(error.position()), message == null ? "this is not TOML" : message));
        }
        return new TomlDocument(root, Map.copyOf(parser.keys), Map.copyOf(parser.values), List.copyOf(errors));
    }

    private static TomlParseResult read(String text) {
        // TOML 1.0: what other tools that read the file understand too.
        return Toml.parse(
                text,
                TomlParseOptions.defaults()
                        .withVersion(TomlVersion.V1_0_0)
                        .withMaxNestingDepth(DEEPEST)
                        .withoutSource());
    }

    private ObjectNode table(TomlTable table, KeyPath path) {
        ObjectNode node = json.objectNode();
        for (String key : table.keySet()) {
            KeyPath at = path.key(key);
            var entry = table.entry(List.of(key));
            note(keys, at, table.inputPositionOf(List.of(key)));
            note(values, at, entry == null ? null : positionOf(entry.value()));
            node.set(key, value(table.get(List.of(key)), at));
        }
        return node;
    }

    private ArrayNode array(TomlArray array, KeyPath path) {
        ArrayNode node = json.arrayNode(array.size());
        for (int i = 0; i < array.size(); i++) {
            KeyPath at = path.item(i);
            note(keys, at, array.inputPositionOf(i));
            node.add(value(array.get(i), at));
        }
        return node;
    }

    private JsonNode value(@Nullable Object value, KeyPath path) {
        return switch (value) {
            case null -> json.nullNode();
            case TomlTable table -> table(table, path);
            case TomlArray array -> array(array, path);
            case Boolean flag -> json.booleanNode(flag);
            case Long number -> json.numberNode(number);
            case Double number when Double.isFinite(number) -> json.numberNode(number);
            default -> json.textNode(value.toString());
        };
    }

    private static @Nullable TomlPosition positionOf(@Nullable TomlElement element) {
        return element == null ? null : element.position();
    }

    private static void note(Map<KeyPath, Position> positions, KeyPath path, @Nullable TomlPosition position) {
        if (position != null) {
            positions.put(path, position(position));
        }
    }

    private static Position position(@Nullable TomlPosition position) {
        return position == null ? Position.START : new Position(position.line(), position.column());
    }
}
