package dev.railiance.contract.toml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.railiance.contract.fault.Finding.Anchor;
import dev.railiance.contract.fault.Position;
import dev.railiance.contract.value.KeyPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A parsed TOML text: a tree, where everything in it is, and what could not be parsed.
 *
 * @param root the tree; what could not be parsed is missing in it
 * @param keys where each key, table header and item begins
 * @param values where each value begins
 */
public record TomlDocument(
        ObjectNode root, Map<KeyPath, Position> keys, Map<KeyPath, Position> values, List<SyntaxError> errors) {

    /** Something that is not TOML. */
    public record SyntaxError(Position position, String message) {}

    /** Where the key or value is, or else the nearest table around it; the beginning of the text for the whole document. */
    public Position position(KeyPath path, Anchor anchor) {
        Map<KeyPath, Position> first = anchor == Anchor.KEY ? keys : values;
        Map<KeyPath, Position> second = anchor == Anchor.KEY ? values : keys;
        for (Optional<KeyPath> at = Optional.of(path);
                at.isPresent();
                at = at.get().parent()) {
            KeyPath here = at.get();
            Position found = first.getOrDefault(here, second.get(here));
            if (found != null) {
                return found;
            }
        }
        return Position.START;
    }
}
