package dev.railiance.overlay;

import java.util.List;

/**
 * What came of asking for an overlay.
 *
 * @param schema of this document
 * @param outcome {@code created}, {@code unchanged}, {@code planned} or {@code updated}
 * @param name of the app
 * @param directory of the overlay
 * @param template version of the template
 * @param files what became, or would become, of each
 * @param nextStep a command, or what to fill in
 */
public record OverlayResult(
        String schema,
        String outcome,
        String name,
        String directory,
        int template,
        List<ChangedFile> files,
        String nextStep) {

    static final String SCHEMA = "railiance.create-overlay-result.v1";

    /**
     * One file.
     *
     * @param path in the overlay
     * @param action unchanged, kept, created, updated, merged, conflict or removed
     * @param yourDiff unified diff from the text as it was generated to yours; empty without edits
     * @param newDiff unified diff from the text as it was generated to the new one; empty without news
     * @param beside where the new text of a conflict is; empty otherwise
     */
    public record ChangedFile(String path, String action, String yourDiff, String newDiff, String beside) {}
}
