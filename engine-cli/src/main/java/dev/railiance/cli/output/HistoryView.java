package dev.railiance.cli.output;

import dev.railiance.projection.AuditTrail;
import dev.railiance.projection.ReliedOn;

/** What happened to a promotion, for people. */
public final class HistoryView {

    private HistoryView() {}

    /** A line for each event. */
    public static String of(AuditTrail trail, Reply reply) {
        var table = new Table("TIME", "ACTOR", "EVENT", "PHASE", "EVIDENCE");
        for (AuditTrail.Entry entry : trail.events()) {
            table.row(Words.moment(entry.at()), entry.by(), entry.type(), entry.phase(), evidence(entry));
        }
        return Plain.line(trail.app() + " to " + trail.environment() + ", promotion " + trail.promotionId()) + "\n"
                + Plain.line("outcome " + trail.outcome() + ", asked for by " + trail.requester() + ", under contract "
                        + trail.contractDigest())
                + "\n\n"
                + table + "\nnext: "
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
