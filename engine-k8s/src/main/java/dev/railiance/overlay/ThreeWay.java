package dev.railiance.overlay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeFormatter;

/** Texts compared and merged line by line, as git does it; the only importer of JGit. */
final class ThreeWay {

    private static final DiffAlgorithm LINES = new HistogramDiff();

    private ThreeWay() {}

    /** Both changes to the base in one text; empty where they touch the same lines. */
    static Optional<String> merged(String base, String yours, String made) {
        var merge = new MergeAlgorithm(LINES).merge(RawTextComparator.DEFAULT, raw(base), raw(yours), raw(made));
        if (merge.containsConflicts()) {
            return Optional.empty();
        }
        try {
            var out = new ByteArrayOutputStream();
            new MergeFormatter().formatMerge(out, merge, "base", "yours", "new", StandardCharsets.UTF_8);
            return Optional.of(out.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What has to change to come from one text to the other, as a unified diff without its head. */
    static String diff(String from, String to) {
        var out = new ByteArrayOutputStream();
        try (var formatter = new DiffFormatter(out)) {
            formatter.format(LINES.diff(RawTextComparator.DEFAULT, raw(from), raw(to)), raw(from), raw(to));
            formatter.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static RawText raw(String text) {
        return new RawText(text.getBytes(StandardCharsets.UTF_8));
    }
}
