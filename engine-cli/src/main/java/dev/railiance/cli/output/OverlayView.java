package dev.railiance.cli.output;

import dev.railiance.overlay.OverlayResult;
import dev.railiance.overlay.OverlayResult.ChangedFile;

/** What came of asking for an overlay, for people. */
public final class OverlayView {

    private static final int LABEL = 11;

    private OverlayView() {}

    /** The files that change, and for an overlay that was there the three-way difference. */
    public static String of(OverlayResult result, boolean dryRun, Reply reply) {
        var lines = new LabelledLines(LABEL, reply.terminal().columns());
        lines.line("overlay", result.name() + " in " + result.directory());
        lines.line("outcome", result.outcome());
        for (ChangedFile file : result.files()) {
            if (!file.action().equals("unchanged")) {
                String beside = file.beside().isEmpty() ? "" : ", the new text goes to " + file.beside();
                lines.line("  " + file.action(), file.path() + beside);
            }
        }
        if (!result.nextStep().isEmpty()) {
            lines.command("next", reply.runnable(result.nextStep()));
        } else if (result.outcome().equals("planned")) {
            lines.line("next", dryRun ? "the same without --dry-run" : "the same with --update");
        }
        return lines + differences(result);
    }

    private static String differences(OverlayResult result) {
        var text = new StringBuilder();
        for (ChangedFile file : result.files()) {
            if (!file.action().equals("kept")) {
                append(text, file.path(), "yours", file.yourDiff());
                append(text, file.path(), "new", file.newDiff());
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String path, String side, String diff) {
        if (!diff.isEmpty()) {
            text.append("\n--- base/")
                    .append(path)
                    .append("\n+++ ")
                    .append(side)
                    .append('/');
            text.append(path).append('\n').append(Plain.lines(diff));
        }
    }
}
