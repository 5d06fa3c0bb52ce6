package dev.railiance.cli.output;

import dev.railiance.projection.AbortResult;

/** How a promotion is given up, for people. */
public final class AbortView {

    private static final int LABELS = 11;

    private AbortView() {}

    /** What is done, and what came of it. */
    public static String of(AbortResult result, Reply reply) {
        var lines = new LabelledLines(LABELS, reply.terminal().columns());
        lines.line("promotion", result.promotionId() + "  " + result.app() + " for " + result.environment());
        String label = "steps";
        for (String step : result.steps()) {
            lines.line(label, step);
            label = "";
        }
        lines.line("outcome", result.outcome() + ", now " + result.phase());
        result.differences().forEach(left -> lines.line("still there", left));
        lines.command("next", reply.runnable(result.nextStep().command()));
        lines.line("", result.nextStep().why());
        return lines.toString();
    }
}
