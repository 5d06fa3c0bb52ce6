package dev.railiance.stage1;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** A glob over paths relative to the repository; two stars and a slash also stand for no directory at all, as in git. */
final class Glob {

    private final String pattern;
    private final List<PathMatcher> matchers;

    private Glob(String pattern, List<PathMatcher> matchers) {
        this.pattern = pattern;
        this.matchers = matchers;
    }

    /** The glob, or empty when the pattern is none. */
    static Optional<Glob> parse(String pattern) {
        String plain = pattern.startsWith("./") ? pattern.substring(2) : pattern;
        try {
            List<PathMatcher> matchers = Stream.of(plain, plain.replace("**/", ""))
                    .distinct()
                    .map(each -> FileSystems.getDefault().getPathMatcher("glob:" + each))
                    .toList();
            return Optional.of(new Glob(plain, matchers));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    boolean matches(Path relative) {
        return matchers.stream().anyMatch(matcher -> matcher.matches(relative));
    }

    /** The directory below which all matches lie: the pattern's parts before the first one with a wildcard. */
    String base() {
        int end = 0;
        for (int slash = pattern.indexOf('/'); slash >= 0; slash = pattern.indexOf('/', slash + 1)) {
            if (pattern.substring(0, slash).chars().anyMatch(c -> "*?[{\\".indexOf(c) >= 0)) {
                break;
            }
            end = slash;
        }
        return pattern.substring(0, end);
    }
}
