package dev.railiance.cli.output;

import dev.railiance.projection.Stage3RollbackResult;

/** A plan of a rollback, or what came of it, for people. */
public final class RollbackView {

    private static final int LABELS = 11;

    private RollbackView() {}

    /** What stands in the way or is in place, what is done, and what follows. */
    public static String of(Stage3RollbackResult result, Reply reply) {
        var text = new StringBuilder();
        int columns = reply.terminal().columns();
        boolean planned = !result.mode().equals("apply");
        PlanLines.checks(text, result.checks(), planned, reply);
        if (planned) {
            result.diff().ifPresent(changes -> PlanLines.changes(text, changes, columns));
        }
        if (!text.isEmpty()) {
            text.append('\n');
        }
        var lines = new LabelledLines(LABELS, columns);
        lines.line(
                "rollback",
                result.outcome() + result.reason().map(why -> ": " + why).orElse(""));
        result.differences().forEach(one -> lines.line("differs", one));
        lines.line("promotion", result.promotionId() + ", " + result.phase());
        String label = "steps";
        for (String step : result.steps()) {
            lines.line(label, step);
            label = "";
        }
        if (planned) {
            lines.line("stays", "what hooks did, custom resource definitions, and data");
        }
        if (result.approvals().required() > 0) {
            lines.line(
                    "approvals",
                    result.approvals().given().size() + " of "
                            + result.approvals().required());
        }
        lines.line("plan", result.planDigest());
        lines.command("next", reply.runnable(result.nextStep().command()));
        lines.line("", result.nextStep().why());
        return text.append(lines).toString();
    }
}
