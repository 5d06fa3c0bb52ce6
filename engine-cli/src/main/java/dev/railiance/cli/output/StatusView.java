package dev.railiance.cli.output;

import dev.railiance.ledger.StatusRow;
import dev.railiance.promotion.NextStep;
import java.util.List;
import java.util.Locale;

/** Where promotions stand. */
public final class StatusView {

    private static final int LABEL = 11;

    private StatusView() {}

    /** One promotion, for people. */
    public static String of(StatusRow row, Reply reply) {
        var lines = new LabelledLines(LABEL, reply.terminal().columns());
        NextStep next = NextStep.of(row.phase(), row.promotion());
        lines.line("promotion", row.promotion().value());
        lines.line("app", row.target().app() + " to " + row.target().environment());
        lines.line("phase", phase(row) + " since " + Words.moment(row.updatedAt()));
        lines.line("why", row.summary());
        lines.command("next", reply.runnable(next.command()));
        lines.line("", next.why());
        return lines.toString();
    }

    /** Many promotions, a line each. */
    public static String table(List<StatusRow> rows, boolean more, Reply reply) {
        if (rows.isEmpty()) {
            return "no promotion is recorded in this ledger yet; begin with: " + reply.runnable("railiance run") + "\n";
        }
        var table = new Table("PROMOTION", "APP", "ENVIRONMENT", "PHASE", "SINCE", "WHY");
        for (StatusRow row : rows) {
            table.row(
                    row.promotion().value(),
                    row.target().app(),
                    row.target().environment(),
                    phase(row),
                    Words.moment(row.updatedAt()),
                    row.summary());
        }
        return table + (more ? "there are more: " + reply.runnable("railiance status --all --limit N") + "\n" : "");
    }

    /** Many promotions as a document. */
    public static String json(List<StatusRow> rows, boolean more) {
        var json = new StringBuilder("{\"schema\":\"railiance.promotion-list.v1\",\"truncated\":")
                .append(more)
                .append(",\"promotions\":[");
        for (int at = 0; at < rows.size(); at++) {
            json.append(at == 0 ? "" : ",").append(rows.get(at).document());
        }
        return json.append("]}").toString();
    }

    private static String phase(StatusRow row) {
        return row.phase().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
