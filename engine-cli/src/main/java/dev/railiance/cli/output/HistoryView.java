package dev.railiance.cli.output;

import dev.railiance.projection.AuditTrail;
import dev.railiance.projection.ReliedOn;

/** What happened to a promotion, for people. */
public final class HistoryView {

    private HistoryView() {}

    /** A line for each event, or two where the window is narrow; a command and a digest are never folded. */
    public static String of(AuditTrail trail, Reply reply) {
        var table = new Table("TIME", "ACTOR", "EVENT", "PHASE", "EVIDENCE");
        for (AuditTrail.Entry entry : trail.events()) {
            table.row(Words.moment(entry.at()), entry.by(), entry.type(), entry.phase(), evidence(entry));
        }
        int columns = reply.terminal().columns();
        String about = trail.app() + " to " + trail.environment() + ", promotion " + trail.promotionId();
        String sum = "outcome " + trail.outcome() + ", asked for by " + trail.requester() + ", under contract "
                + trail.contractDigest();
        return Words.folded(Plain.line(about), 0, columns) + "\n" + Words.folded(Plain.line(sum), 0, columns) + "\n\n"
                + table.within(columns) + "\nnext: "
                + Plain.line(reply.runnable(trail.nextStep().command())) + "\n";
    }

    /** What it is, and the beginning of its digest: the whole one is in the document. */
    private static String evidence(AuditTrail.Entry entry) {
        if (entry.evidence().size() > 2) {
            return entry.evidence().size() + " digests";
        }
        var text = new StringBuilder();
        for (ReliedOn item : entry.evidence()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(item.name())
                    .append(' ')
                    .append(item.digest(), 0, Math.min(19, item.digest().length()));
        }
        return text.toString();
    }
}
