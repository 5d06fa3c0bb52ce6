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
        var lines = new LabelledLines(LABEL, reply.terminal().columns());
        lines.line(
                "ledger",
                counted(report.events(), "event") + " of " + counted(report.promotions(), "promotion")
                        + ", up to position " + report.ledger().position());
        lines.line("policy", report.policy().map(ReplayView::policy).orElse("the recorded one"));
        lines.line(
                "decisions",
                counted(report.decisions().recorded(), "decision") + " made again"
                        + report.decisions()
                                .policy()
                                .map(n -> ", " + n + " under the policy")
                                .orElse(""));
        lines.line("outcome", outcome(report));
        for (ReplayReport.LeftOut left : report.leftOut()) {
            lines.line(
                    "left out",
                    counted(left.promotions(), "promotion") + " of " + left.app() + " to " + left.environment()
                            + ": the policy is for another target");
        }
        if (report.decisions().freezeAssumed() > 0) {
            lines.line(
                    "assumed",
                    "that no freeze window stood in the way of "
                            + counted(report.decisions().freezeAssumed(), "recorded start")
                            + ": the ledger does not say whether one was open");
        }
        report.decisions()
                .verdictsTaken()
                .filter(taken -> taken > 0)
                .ifPresent(taken -> lines.line(
                        "taken",
                        counted(taken, "verdict")
                                + " of gates and of Stage 1 as recorded: other limits or checks of the policy"
                                + " were not tried on them"));
        if (report.decisions().notFollowed() > 0) {
            lines.line(
                    "unread",
                    counted(report.decisions().notFollowed(), "event") + " after the place where their history breaks");
        }
        report.flips().forEach(flip -> flip(lines, flip));
        if (report.flipsNotListed() > 0) {
            lines.blank();
            lines.line("not listed", report.flipsNotListed() + " more, which are counted above");
        }
        return lines.toString();
    }

    private static String policy(ReplayReport.Under under) {
        return "for " + under.app() + " to " + under.environment() + ", contract " + under.contractDigest();
    }

    private static String outcome(ReplayReport report) {
        return switch (report.outcome()) {
            case UNCHANGED -> "every decision comes out as it is recorded";
            case FLIPPED ->
                counted(report.decisions().flippedPolicy().orElse(0L), "decision") + " would have come out otherwise";
            case IMPOSSIBLE ->
                "the recorded rules do not lead to what is recorded, "
                        + counted(report.decisions().flippedRecorded(), "time")
                        + ": the ledger is damaged, or its engine had a fault";
        };
    }

    private static void flip(LabelledLines lines, Flip flip) {
        lines.blank();
        lines.line(
                "#" + flip.position(),
                flip.trigger() + " by " + flip.by() + " at " + Words.moment(flip.at()) + " while " + flip.phase());
        lines.line(
                "",
                "event " + flip.sequence() + " of promotion " + flip.promotionId()
                        + (flip.under().equals(Flip.RECORDED) ? ", under the recorded rules" : ""));
        lines.line("recorded", listed(flip.recorded()));
        lines.line(
                "decided",
                switch (flip.outcome()) {
                    case "refused", "unchanged" -> flip.outcome();
                    case "broken" -> "cannot have followed";
                    default -> listed(flip.decided());
                });
        lines.line(
                "why",
                flip.reason() + flip.code().map(code -> " (" + code + ")").orElse(""));
        if (!flip.facts().isEmpty()) {
            lines.line(
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
}
