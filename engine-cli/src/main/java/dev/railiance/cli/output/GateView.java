package dev.railiance.cli.output;

import dev.railiance.gate.file.GateTry;

/** How a gate judged recorded samples, for people. */
public final class GateView {

    private static final int TERM = 12;

    private GateView() {}

    /** A few lines. */
    public static String of(GateTry judged, Reply reply) {
        var lines = new LabelledLines(TERM, reply.terminal().columns());
        lines.line("gate", judged.gate() + " (" + judged.kind() + ")");
        lines.line("verdict", judged.verdict());
        lines.line("why", judged.reason());
        lines.line(
                "samples",
                judged.canarySamples() + " of the canary"
                        + (judged.kind().equals("compare")
                                ? ", " + judged.stableSamples() + " of the stable version"
                                : ""));
        lines.line("digest", judged.digest());
        return lines.toString();
    }
}
