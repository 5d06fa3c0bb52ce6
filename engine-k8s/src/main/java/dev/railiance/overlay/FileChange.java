package dev.railiance.overlay;

import java.util.Optional;

/**
 * What becomes of one file.
 *
 * @param path in the overlay
 * @param action what is done
 * @param text what is written, where something is
 * @param yourDiff from the text as it was generated to the one that is there; empty without edits
 * @param newDiff from the text as it was generated to the new one; empty without news
 */
record FileChange(String path, Action action, Optional<String> text, String yourDiff, String newDiff) {

    /** What can become of a file. */
    enum Action {
        UNCHANGED,
        /** Edited or removed by its owner; the template has nothing new. */
        KEPT,
        CREATED,
        UPDATED,
        MERGED,
        /** The owner's text stays, the new one is written beside it. */
        CONFLICT,
        REMOVED;

        boolean changes() {
            return this != UNCHANGED && this != KEPT;
        }
    }

    /** Decides for a file that is there and is no text: it stays, and what is new goes beside it. */
    static FileChange ofNoText(String path, Optional<String> base, Optional<String> made) {
        boolean news = made.isPresent() && !base.equals(made);
        String newDiff = news ? ThreeWay.diff(base.orElse(""), made.get()) : "";
        return new FileChange(path, news ? Action.CONFLICT : Action.KEPT, news ? made : Optional.empty(), "", newDiff);
    }

    /** Decides by the base, what is there and what is new; each may be absent. */
    static FileChange of(String path, Optional<String> base, Optional<String> yours, Optional<String> made) {
        String yourDiff = base.isPresent() && yours.isPresent() ? ThreeWay.diff(base.get(), yours.get()) : "";
        String newDiff = ThreeWay.diff(base.orElse(""), made.orElse(""));
        if (yours.equals(made)) {
            return new FileChange(path, Action.UNCHANGED, Optional.empty(), "", "");
        }
        if (base.equals(made)) {
            return new FileChange(path, Action.KEPT, Optional.empty(), yourDiff, "");
        }
        if (yours.isEmpty()) {
            // What its owner removed does not come back by itself.
            return base.isPresent()
                    ? new FileChange(path, Action.KEPT, Optional.empty(), "", newDiff)
                    : new FileChange(path, Action.CREATED, made, "", newDiff);
        }
        if (made.isEmpty()) {
            Action action = yours.equals(base) ? Action.REMOVED : Action.KEPT;
            return new FileChange(path, action, Optional.empty(), yourDiff, newDiff);
        }
        if (yours.equals(base)) {
            return new FileChange(path, Action.UPDATED, made, "", newDiff);
        }
        Optional<String> merged =
                base.isEmpty() ? Optional.empty() : ThreeWay.merged(base.get(), yours.get(), made.get());
        return merged.isPresent()
                ? new FileChange(path, Action.MERGED, merged, yourDiff, newDiff)
                : new FileChange(path, Action.CONFLICT, made, yourDiff, newDiff);
    }
}
