package dev.railiance.cli.output;

import dev.railiance.audit.AuditVerification;
import dev.railiance.audit.AuditVerification.Anchor;
import dev.railiance.audit.AuditVerification.Fault;
import dev.railiance.audit.RebuildResult;

/** What an audit found, for people. */
public final class AuditView {

    private static final int TERM = 12;

    private AuditView() {}

    /** A few lines: what is so, and what was looked at. */
    public static String of(AuditVerification verification) {
        var text = new StringBuilder();
        line(
                text,
                "outcome",
                verification.outcome() + (verification.promotionId().isPresent() ? " (by itself)" : ""));
        verification.promotionId().ifPresent(id -> line(text, "promotion", id));
        verification.fault().ifPresent(fault -> fault(text, fault));
        line(
                text,
                "verified",
                verification.events() + " events; promotions: " + verification.promotions() + "; looked at: "
                        + String.join(", ", verification.checked()));
        line(text, "hash", verification.hash());
        verification.anchor().ifPresent(anchor -> anchor(text, anchor));
        if (verification.anchor().isEmpty() && verification.promotionId().isEmpty()) {
            line(text, "anchor", "none: a ledger rewritten or cut short as a whole is not noticed");
        }
        verification
                .statuses()
                .ifPresent(statuses -> line(
                        text,
                        "statuses",
                        statuses.compared() + " compared: " + statuses.outcome()
                                + (statuses.different().isEmpty()
                                        ? ""
                                        : " (" + String.join(", ", statuses.different()) + ")")));
        return text.toString();
    }

    /** What came of making the status rows again. */
    public static String of(RebuildResult result, Reply reply) {
        var lines = new LabelledLines(TERM, reply.terminal().columns());
        lines.line("outcome", result.outcome());
        lines.line("promotions", String.valueOf(result.promotions()));
        result.different().forEach(promotion -> lines.line("different", promotion));
        if (!result.nextStep().isEmpty()) {
            lines.command("next", reply.runnable(result.nextStep()));
        }
        return lines.toString();
    }

    private static void anchor(StringBuilder text, Anchor anchor) {
        line(
                text,
                "anchor",
                anchor.size() + " events, said by " + anchor.actor() + " at " + Words.moment(anchor.at())
                        + anchor.signer()
                                .map(signer -> ", signed by " + signer)
                                .orElse("; ITS SIGNATURE WAS NOT CHECKED"));
    }

    private static void fault(StringBuilder text, Fault fault) {
        line(text, "first", "position " + fault.position() + ": " + fault.kind().replace('-', ' '));
        fault.promotionId()
                .ifPresent(id -> line(
                        text,
                        "event",
                        fault.sequence()
                                .map(sequence -> "event " + sequence + " of promotion " + id)
                                .orElse("promotion " + id)));
        line(text, "why", fault.what());
    }

    private static void line(StringBuilder text, String term, String about) {
        text.append(Words.padded(term, TERM)).append(Plain.line(about)).append('\n');
    }
}
