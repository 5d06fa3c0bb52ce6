package dev.railiance.contract.value;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The way from the top of a contract to one key or item, shown as {@code stage1.checks[2].url}.
 *
 * @param steps keys as they are shown, quoted where TOML needs it, and items as {@code [2]}, counted from 0
 */
public record KeyPath(List<String> steps) {

    /** The whole document. */
    public static final KeyPath TOP = new KeyPath(List.of());

    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]+");

    public KeyPath {
        steps = List.copyOf(steps);
    }

    /** The path of a key in the table at this path. */
    public KeyPath key(String key) {
        return plus(
                BARE.matcher(key).matches()
                        ? key
                        : '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
    }

    /** The path of an item, counted from 0, in the array at this path. */
    public KeyPath item(int index) {
        return plus("[" + index + "]");
    }

    /** What the path leads out of; nothing for the whole document. */
    public Optional<KeyPath> parent() {
        return steps.isEmpty() ? Optional.empty() : Optional.of(new KeyPath(steps.subList(0, steps.size() - 1)));
    }

    /** The last key on the way, without the items after it; empty for the whole document. */
    public String lastKey() {
        return steps.reversed().stream()
                .filter(step -> !step.startsWith("["))
                .findFirst()
                .orElse("");
    }

    private KeyPath plus(String step) {
        return new KeyPath(Stream.concat(steps.stream(), Stream.of(step)).toList());
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (String step : steps) {
            if (!text.isEmpty() && !step.startsWith("[")) {
                text.append('.');
            }
            text.append(step);
        }
        return text.toString();
    }
}
