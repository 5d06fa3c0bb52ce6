package dev.railiance.cli.output;

import dev.railiance.approval.ApprovalResult;
import dev.railiance.approval.Approvals;
import dev.railiance.approval.Approvals.Given;
import dev.railiance.approval.Approvals.Stage;
import dev.railiance.approval.Approvals.Window;
import java.time.Duration;

/** Approvals, for people. */
public final class ApprovalView {

    private static final int LABELS = 11;

    private ApprovalView() {}

    /** What came of approving. */
    public static String of(ApprovalResult result, Reply reply) {
        var lines = new LabelledLines(LABELS, reply.terminal().columns());
        lines.line("promotion", result.promotionId() + "  " + result.app() + " for " + result.environment());
        lines.line(
                "outcome",
                result.outcome() + result.scope().map(scope -> ", " + scope).orElse("") + ", now " + result.phase());
        lines.line(
                "approver",
                result.approver() + result.key().map(key -> ", " + key).orElse(", not signed"));
        result.planDigest().ifPresent(plan -> lines.line("plan", plan));
        result.statementDigest().ifPresent(statement -> lines.line("statement", statement));
        result.expires().ifPresent(end -> lines.line("until", Words.moment(end)));
        result.freeze().ifPresent(freeze -> lines.line("break-glass", "in the freeze window " + freeze));
        result.given()
                .ifPresent(given -> lines.line(
                        "approved", "by " + given + " of " + result.required().orElse(0)));
        lines.command("next", reply.runnable(result.nextStep().command()));
        lines.line("", result.nextStep().why());
        return lines.toString();
    }

    /** Who may, who did, and what is missing. */
    public static String of(Approvals approvals, Reply reply) {
        var lines = new LabelledLines(LABELS, reply.terminal().columns());
        lines.line("promotion", approvals.promotionId() + "  " + approvals.app() + " for " + approvals.environment());
        lines.line("phase", approvals.phase());
        lines.line("requester", approvals.requester());
        approvals
                .rulesFrom()
                .ifPresent(from -> lines.line(
                        "rules", "those of promotion " + from + " in production, which this promotion would change"));
        approvals.stages().forEach(stage -> stage(lines, stage));
        approvals.freezes().forEach(window -> window(lines, window));
        for (Given given : approvals.approvals()) {
            lines.blank();
            given(lines, given);
        }
        lines.blank();
        lines.command("next", reply.runnable(approvals.nextStep().command()));
        lines.line("", approvals.nextStep().why());
        return lines.toString();
    }

    private static void stage(LabelledLines lines, Stage stage) {
        if (stage.required() == 0) {
            lines.line(stage.scope(), "nobody need approve");
            return;
        }
        lines.line(
                stage.scope(),
                stage.given() + " of " + stage.required() + ", "
                        + (stage.missing() == 0 ? "none missing" : stage.missing() + " missing") + "; may: "
                        + (stage.from().isEmpty() ? "anybody" : String.join(", ", stage.from()))
                        + (stage.excludeRequester() ? "; not the requester" : "")
                        + (stage.signed() ? "; signed" : "; signed or not") + "; for "
                        + span(Duration.parse(stage.validFor())));
        stage.planDigest().ifPresent(plan -> lines.line("", "of " + plan));
    }

    private static String span(Duration validFor) {
        return validFor.toMinutes() % 60 == 0 ? validFor.toHours() + " h" : Words.span(validFor.toMillis());
    }

    private static void window(LabelledLines lines, Window window) {
        lines.line(
                "freeze",
                window.name() + " is open; "
                        + window.overrideRequired()
                                .map(required -> required + " people lift it, "
                                        + window.missing()
                                                .filter(missing -> missing > 0)
                                                .map(missing -> missing + " missing")
                                                .orElse("none missing"))
                                .orElse("nobody can lift it"));
    }

    private static void given(LabelledLines lines, Given given) {
        lines.line(
                given.state(), given.approver() + " for " + given.scope() + ", until " + Words.moment(given.expires()));
        lines.line("plan", given.planDigest());
        lines.line("key", given.key().orElse(given.signed() ? "signed, its statement was not kept" : "not signed"));
        given.freeze().ifPresent(freeze -> lines.line("break-glass", "in the freeze window " + freeze));
        lines.line("reason", given.reason());
    }
}
