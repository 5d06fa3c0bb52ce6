package dev.railiance.contract.fault;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what was probably meant. */
public final class Similar {

    private static final int LONGEST = 64;

    private Similar() {}

    /** {@code did you mean "x"?} for the candidate that is near enough to what was written, when there is one. */
    public static Optional<String> hint(String written, Collection<String> candidates) {
        return nearest(written, candidates).map(near -> "did you mean \"" + near + "\"?");
    }

    /** The candidate with the fewest edits from what was written: at most one for every three characters of it. */
    public static Optional<String> nearest(String written, Collection<String> candidates) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        String wanted = plain(written);
        int allowed = Math.max(1, wanted.length() / 3);
        return candidates.stream()
                .filter(candidate -> distance(wanted, plain(candidate)) <= allowed)
                .min(Comparator.comparingInt(candidate -> distance(wanted, plain(candidate))));
    }

    /** Case, and the choice between dash and underscore, are the most frequent slips: they cost nothing. */
    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Edits between two texts, two neighbours that changed places being one edit. */
    private static int distance(String one, String two) {
        int[][] edits = new int[one.length() + 1][two.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= two.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : step(edits, one, two, i, j);
            }
        }
        return edits[one.length()][two.length()];
    }

    private static int step(int[][] edits, String one, String two, int i, int j) {
        int changed = edits[i - 1][j - 1] + (one.charAt(i - 1) == two.charAt(j - 1) ? 0 : 1);
        int best = Math.min(changed, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == two.charAt(j - 2) && one.charAt(i - 2) == two.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
