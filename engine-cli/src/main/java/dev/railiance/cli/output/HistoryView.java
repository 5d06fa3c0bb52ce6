package dev.railiance.cli.output;

import dev.railiance.projection.AuditTrail;

/** What happened to a promotion, for people. */
public final class HistoryView {

    private HistoryView() {}

    /** A line for each event. */
    public static String of(AuditTrail trail, Reply reply) {
        var table = new Table("TIME", "ACTOR", "EVENT", "PHASE");
        for (AuditTrail.Entry entry : trail.events()) {
            table.row(Words.moment(entry.at()), entry.by(), entry.type(), entry.phase());
        }
        return Plain.line(trail.app() + " to " + trail.environment() + ", promotion " + trail.promotionId()) + "\n\n"
                + table + "\nnext: "
                + Plain.line(reply.runnable(trail.nextStep().command())) + "\n";
    }
}
