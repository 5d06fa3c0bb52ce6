package dev.railiance.signature;

import java.util.List;

/**
 * Names as OpenSSH lists them: {@code *} and {@code ?} stand for anything, and what a pattern with a {@code !} matches is
 * excluded whatever else does.
 *
 * @param patterns as they are written
 */
record PatternList(List<String> patterns) {

    /** No name that anybody means is longer; OpenSSH too matches nothing with a very long pattern. */
    private static final int LONGEST = 255;

    PatternList {
        patterns = List.copyOf(patterns);
        if (patterns.stream().anyMatch(pattern -> pattern.length() > LONGEST)) {
            throw new IllegalArgumentException("a pattern is too long");
        }
    }

    /** The list in a comma-separated text. */
    static PatternList of(String text) {
        return new PatternList(List.of(text.split(",", -1)));
    }

    boolean matches(String name) {
        return patterns.stream().noneMatch(pattern -> excludes(pattern) && matches(pattern.substring(1), name))
                && patterns.stream().anyMatch(pattern -> !excludes(pattern) && matches(pattern, name));
    }

    /** The names in it that stand for themselves alone and are not excluded. */
    List<String> names() {
        return patterns.stream()
                .filter(PatternList::isName)
                .filter(this::matches)
                .toList();
    }

    /** Whether it matches names that it does not hold, and excludes none of them. */
    boolean open() {
        return patterns.stream().noneMatch(PatternList::excludes)
                && patterns.stream().anyMatch(PatternList::hasWildcard);
    }

    /** Whether a text in such a list stands for itself alone. */
    static boolean isName(String text) {
        return !text.isEmpty() && !text.contains(",") && !excludes(text) && !hasWildcard(text);
    }

    private static boolean excludes(String pattern) {
        return pattern.startsWith("!");
    }

    private static boolean hasWildcard(String pattern) {
        return pattern.contains("*") || pattern.contains("?");
    }

    /** Goes back to the last star only, so that no pattern takes long. */
    private static boolean matches(String pattern, String name) {
        int at = 0;
        int star = -1;
        int afterStar = 0;
        for (int i = 0; i < name.length(); ) {
            char wanted = at < pattern.length() ? pattern.charAt(at) : '\0';
            if (wanted == '*') {
                star = at++;
                afterStar = i;
            } else if (at < pattern.length() && (wanted == '?' || wanted == name.charAt(i))) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++afterStar;
            } else {
                return false;
            }
        }
        return pattern.substring(at).chars().allMatch(rest -> rest == '*');
    }
}
