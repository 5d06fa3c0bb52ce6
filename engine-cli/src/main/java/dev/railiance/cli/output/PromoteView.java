package dev.railiance.cli.output;

import dev.railiance.projection.Stage3PromoteResult;
import dev.railiance.projection.Stage3PromoteResult.Judged;

/** A plan of a promotion to production, or what came of it, for people. */
public final class PromoteView {

    private static final int LABELS = 11;

    private PromoteView() {}

    /** What stands in the way or is in place, what would be run, and what follows. */
    public static String of(Stage3PromoteResult result, Reply reply) {
        var text = new StringBuilder();
        int columns = reply.terminal().columns();
        boolean planned = !result.mode().equals("apply");
        PlanLines.checks(text, result.checks(), planned, reply);
        if (planned) {
            result.diff().ifPresent(changes -> PlanLines.changes(text, changes, columns));
            PlanLines.invocations(text, result.invocations(), columns);
        }
        if (!text.isEmpty()) {
            text.append('\n');
        }
        var lines = new LabelledLines(LABELS, columns);
        lines.line(
                "stage 3",
                result.outcome() + result.reason().map(why -> ": " + why).orElse(""));
        result.differences().forEach(one -> lines.line("differs", one));
        lines.line("promotion", result.promotionId() + ", " + result.phase());
        String label = "gates";
        for (Judged gate : result.gates()) {
            lines.line(label, gate(gate));
            label = "";
        }
        lines.line(
                "approvals",
                result.approvals().given().size() + " of " + result.approvals().required()
                        + (result.approvals().given().isEmpty()
                                ? ""
                                : ": " + String.join(", ", result.approvals().given())));
        result.release()
                .ifPresent(release -> lines.line("release", release.name() + " revision " + release.revision()));
        result.previous()
                .ifPresent(before -> lines.line(
                        "before",
                        before.revision() == 0 ? "no release" : before.name() + " revision " + before.revision()));
        result.base().ifPresent(base -> lines.line("replaces", base));
        lines.line("plan", result.planDigest());
        lines.command("next", reply.runnable(result.nextStep().command()));
        lines.line("", result.nextStep().why());
        return text.append(lines).toString();
    }

    private static String gate(Judged gate) {
        return gate.name() + " (stage " + gate.stage() + ", " + gate.kind()
                + (gate.shadow() ? ", in shadow" : gate.required() ? "" : ", not required") + "): "
                + gate.verdict().orElse("not looked at");
    }
}
