package dev.railiance.source;

import dev.railiance.source.SourceInspection.Reason;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.PatternSyntaxException;

/** The files below a directory where git does not say which ones count. */
final class PlainTree {

    private static final String EVERYTHING_BELOW = "/**";

    private final List<PathMatcher> excluded;
    private final BooleanSupplier cancelled;

    /** @param exclude globs, matched against paths relative to the directory */
    PlainTree(List<String> exclude, BooleanSupplier cancelled) throws SourceUnavailable {
        this.cancelled = cancelled;
        this.excluded = new ArrayList<>();
        for (String glob : exclude) {
            excluded.add(matcher(glob));
            if (glob.endsWith(EVERYTHING_BELOW)) {
                // A directory whose whole content is excluded is not entered.
                excluded.add(matcher(glob.substring(0, glob.length() - EVERYTHING_BELOW.length())));
            }
        }
    }

    private static PathMatcher matcher(String glob) throws SourceUnavailable {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw new SourceUnavailable(
                    Reason.BAD_PATTERN, "an exclude pattern is not a glob", "correct source.exclude in the contract");
        }
    }

    /** Files and links below {@code top}, named as seen from {@code root}; links are not followed. */
    SortedSet<FileName> files(Path root, Path top) throws SourceUnavailable {
        SortedSet<FileName> names = new TreeSet<>();
        try {
            Files.walkFileTree(top, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return !directory.equals(top) && isExcluded(root.relativize(directory))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (cancelled.getAsBoolean()) {
                        return FileVisitResult.TERMINATE;
                    }
                    if (!attributes.isOther() && !isExcluded(root.relativize(file))) {
                        names.add(FileName.below(root, file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new SourceUnavailable(
                    Reason.UNREADABLE,
                    "a directory of the source could not be read",
                    "make it readable, or exclude it with source.exclude in the contract");
        }
        if (cancelled.getAsBoolean()) {
            throw SourceUnavailable.cancelled();
        }
        return names;
    }

    private boolean isExcluded(Path relative) {
        String name = relative.getFileName().toString();
        return name.equals(".git")
                || name.equals(SourceInspector.LEDGER_DIRECTORY)
                || excluded.stream().anyMatch(matcher -> matcher.matches(relative));
    }
}
