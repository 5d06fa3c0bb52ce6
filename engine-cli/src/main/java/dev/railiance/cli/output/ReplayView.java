package dev.railiance.cli.output;

import dev.railiance.replay.Flip;
import dev.railiance.replay.ReplayReport;
import java.util.List;

/** A history, decided again, for people. */
public final class ReplayView {

    private static final int LABEL = 11;

    private ReplayView() {}

    /** What was done, what came of it, and every decision that comes out otherwise. */
    public static String of(ReplayReport report, Reply reply) {
        var text = new StringBuilder();
        int columns = reply.terminal().columns();
        line(
                text,
                columns,
                "ledger",
                counted(report.events(), "event") + " of " + counted(report.promotions(), "promotion")
                        + ", up to position " + report.ledger().position());
        line(text, columns, "policy", report.policy().map(ReplayView::policy).orElse("the recorded one"));
        line(
                text,
                columns,
                "decisions",
                counted(report.decisions().recorded(), "decision") + " made again"
                        + report.decisions()
                                .policy()
                                .map(n -> ", " + n + " under the policy")
                                .orElse(""));
        line(text, columns, "outcome", outcome(report));
        for (ReplayReport.LeftOut left : report.leftOut()) {
            line(
                    text,
                    columns,
                    "left out",
                    counted(left.promotions(), "promotion") + " of " + left.app() + " to " + left.environment()
                            + ": the policy is for another target");
        }
        if (report.decisions().freezeAssumed() > 0) {
            line(
                    text,
                    columns,
                    "assumed",
                    "that no freeze window stood in the way of "
                            + counted(report.decisions().freezeAssumed(), "recorded start")
                            + ": the ledger does not say whether one was open");
        }
        if (report.decisions().notFollowed() > 0) {
            line(
                    text,
                    columns,
                    "unread",
                    counted(report.decisions().notFollowed(), "event") + " after the place where their history breaks");
        }
        report.flips().forEach(flip -> flip(text, columns, flip));
        return text.toString();
    }

    private static String policy(ReplayReport.Under under) {
        return "for " + under.app() + " to " + under.environment() + ", contract " + under.contractDigest();
    }

    private static String outcome(ReplayReport report) {
        return switch (report.outcome()) {
            case UNCHANGED -> "every decision comes out as it is recorded";
            case FLIPPED -> counted(report.flips().size(), "decision") + " would have come out otherwise";
            case IMPOSSIBLE ->
                "the recorded rules do not lead to what is recorded, "
                        + counted(report.decisions().flippedRecorded(), "time")
                        + ": the ledger is damaged, or its engine had a fault";
        };
    }

    private static void flip(StringBuilder text, int columns, Flip flip) {
        text.append('\n');
        line(
                text,
                columns,
                "#" + flip.position(),
                flip.trigger() + " by " + flip.by() + " at " + Words.moment(flip.at()) + " while " + flip.phase());
        line(
                text,
                columns,
                "",
                "event " + flip.sequence() + " of promotion " + flip.promotionId()
                        + (flip.under().equals(Flip.RECORDED) ? ", under the recorded rules" : ""));
        line(text, columns, "recorded", listed(flip.recorded()));
        line(
                text,
                columns,
                "decided",
                switch (flip.outcome()) {
                    case "refused", "unchanged" -> flip.outcome();
                    case "broken" -> "cannot have followed";
                    default -> listed(flip.decided());
                });
        line(
                text,
                columns,
                "why",
                flip.reason() + flip.code().map(code -> " (" + code + ")").orElse(""));
        if (!flip.facts().isEmpty()) {
            line(
                    text,
                    columns,
                    "",
                    String.join(
                            "; ",
                            flip.facts().stream()
                                    .map(fact -> fact.name() + " " + fact.value())
                                    .toList()));
        }
    }

    private static String listed(List<String> types) {
        return String.join(", ", types);
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static void line(StringBuilder text, int columns, String label, String value) {
        text.append(Words.padded(label, LABEL))
                .append(Words.folded(Plain.line(value), LABEL, columns))
                .append('\n');
    }
}
