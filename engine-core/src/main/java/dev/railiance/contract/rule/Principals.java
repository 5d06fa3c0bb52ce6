package dev.railiance.contract.rule;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The people that an OpenSSH allowed_signers file has keys of.
 *
 * @param lines the principals of each line: patterns with {@code *} and {@code ?}, a leading {@code !} negates
 */
record Principals(List<List<String>> lines) {

    static Principals parse(String text) {
        return new Principals(text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> line.split("\\s+", 2)[0].replace("\"", ""))
                .map(field -> List.of(field.split(",", -1)))
                .toList());
    }

    /** Whether some line's key may sign for the name. */
    boolean include(String name) {
        return lines.stream().anyMatch(patterns -> includes(patterns, name));
    }

    /** The principals without those that are patterns. */
    List<String> names() {
        return lines.stream()
                .flatMap(List::stream)
                .filter(name -> !name.startsWith("!") && !name.contains("*") && !name.contains("?"))
                .distinct()
                .toList();
    }

    private static boolean includes(List<String> patterns, String name) {
        boolean refused = patterns.stream()
                .filter(pattern -> pattern.startsWith("!"))
                .anyMatch(pattern -> matches(pattern.substring(1), name));
        return !refused && patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        String regex = String.join(
                "",
                Arrays.stream(pattern.split("", -1))
                        .map(c -> c.equals("*") ? ".*" : c.equals("?") ? "." : Pattern.quote(c))
                        .toList());
        return Pattern.matches("(?s)" + regex, name);
    }
}
