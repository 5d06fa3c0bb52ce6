package dev.railiance.cli.output;

import dev.railiance.failure.Failure;
import dev.railiance.projection.Stage2ObserveResult;
import dev.railiance.projection.Stage2ObserveResult.Pod;
import dev.railiance.projection.Stage2ObserveResult.Pods;
import dev.railiance.projection.Stage2ObserveResult.Routing;
import dev.railiance.projection.Stage2ObserveResult.Seen;
import dev.railiance.projection.Stage2ObserveResult.Target;
import java.util.stream.Stream;

/** A canary and its gates, for people. */
public final class ObserveView {

    private static final int LABELS = 11;
    private static final int INDENT = 2;

    private ObserveView() {}

    /** What was seen, gate by gate, and what follows. */
    public static String of(Stage2ObserveResult result, Reply reply) {
        Terminal terminal = reply.terminal();
        var lines = new LabelledLines(LABELS, terminal.columns());
        lines.line("promotion", result.promotionId() + "  " + result.app() + " for " + result.environment());
        lines.line("traffic", traffic(result.routing()));
        result.release()
                .ifPresent(release -> lines.line(
                        "release",
                        release.name() + " " + release.condition()
                                + release.revision()
                                        .map(revision -> ", revision " + revision)
                                        .orElse("")));
        result.canary().ifPresent(pods -> pods(lines, "canary", pods));
        result.stable().ifPresent(pods -> pods(lines, "stable", pods));
        var text = new StringBuilder(lines.toString());
        if (!result.gates().isEmpty()) {
            text.append('\n');
        }
        result.gates().forEach(gate -> gate(text, gate, result.outcome().equals("waiting"), terminal));
        var end = new LabelledLines(LABELS, terminal.columns());
        end.blank();
        result.score().ifPresent(score -> end.line("score", score.verdict() + ": " + score.reason()));
        end.line(
                "outcome",
                result.outcome() + result.reason().map(why -> ": " + why).orElse("") + "; now " + result.phase());
        end.command("next", reply.runnable(result.nextStep().command()));
        end.line("", result.nextStep().why());
        return text.append(end).toString();
    }

    private static String traffic(Routing routing) {
        if (routing.mode().equals("isolated")) {
            return "none: the canary has an address of its own";
        }
        return routing.weight() + " % by " + routing.router()
                + routing.actual()
                        .map(actual -> ", really " + actual.percent() + " %")
                        .orElse("")
                + routing.heldUntil()
                        .map(until -> ", held until " + Words.moment(until))
                        .orElse("");
    }

    private static void pods(LabelledLines lines, String label, Pods pods) {
        lines.line(label, pods.ready() + " of " + pods.desired() + " pods ready, " + pods.updated() + " up to date");
        for (Pod pod : pods.pods()) {
            if (!pod.ready() || pod.restarts() > 0) {
                lines.line(
                        "",
                        pod.name() + (pod.ready() ? " ready" : " not ready") + ", " + pod.restarts() + " restarts"
                                + pod.reason().map(reason -> ", " + reason).orElse(""));
            }
        }
    }

    private static void gate(StringBuilder text, Target gate, boolean open, Terminal terminal) {
        String stake = gate.shadow() ? ", shadow" : gate.required() ? "" : ", optional";
        String head = gate.name() + " (" + gate.kind() + stake + ")";
        String said = gate.seen()
                .map(Seen::reason)
                .or(gate::asks)
                .map(words -> ": " + words)
                .orElse("");
        text.append(mark(gate, terminal))
                .append(' ')
                .append(Words.folded(Plain.line(head + said), INDENT, terminal.columns()))
                .append('\n');
        if (gate.kind().equals("metric") || gate.kind().equals("compare")) {
            int room = terminal.columns() - INDENT - "stable  ".length() - Sparkline.NUMBERS;
            gate.seen().ifPresent(seen -> {
                var both = Stream.concat(seen.canary().stream(), seen.stable().stream())
                        .toList();
                Sparkline.of(seen.canary(), both, room, terminal)
                        .ifPresent(
                                line -> text.append("  canary  ").append(line).append('\n'));
                Sparkline.of(seen.stable(), both, room, terminal)
                        .ifPresent(
                                line -> text.append("  stable  ").append(line).append('\n'));
            });
        }
        gate.nextLook()
                .filter(at -> open)
                .ifPresent(at ->
                        text.append("  next look ").append(Words.moment(at)).append('\n'));
    }

    private static String mark(Target gate, Terminal terminal) {
        return switch (gate.seen().map(Seen::verdict).orElse("")) {
            case "pass" -> terminal.unicode() ? "\u2713" : "+";
            case "fail" -> terminal.unicode() ? "\u2717" : "x";
            case "hold" -> terminal.unicode() ? "\u2026" : "~";
            default -> "-";
        };
    }

    /** A view that takes the place of the one before it on a terminal; elsewhere a line for each change. */
    public static final class Watch {

        private final Reply reply;
        private final boolean live;
        private int drawn;
        private String said = "";

        /** Nothing is shown yet. */
        public Watch(Reply reply) {
            this.reply = reply;
            this.live = reply.terminal().err() && reply.terminal().redraw();
        }

        /** Shows what was seen. */
        public void show(Stage2ObserveResult result) {
            if (live) {
                draw(of(result, reply));
                return;
            }
            changed(result.outcome()
                    + result.reason().map(why -> ": " + why).orElse("")
                    + result.gates().stream()
                            .map(gate -> "; " + gate.name() + " "
                                    + gate.seen().map(Seen::verdict).orElse("not looked at"))
                            .reduce("", String::concat));
        }

        /** Shows why there was nothing to see. */
        public void show(Failure failure) {
            if (live) {
                draw("! "
                        + Words.folded(
                                Plain.line(failure.message()),
                                INDENT,
                                reply.terminal().columns()) + "\n");
            } else {
                changed(failure.message());
            }
        }

        private void changed(String line) {
            if (!line.equals(said)) {
                said = line;
                reply.note(Plain.line(line) + "\n");
            }
        }

        private void draw(String text) {
            end();
            reply.note(text);
            drawn = (int) text.chars().filter(c -> c == '\n').count();
        }

        /** Takes the view away: what comes next is the answer. */
        public void end() {
            if (drawn > 0) {
                reply.takeBack(drawn);
                drawn = 0;
            }
        }
    }
}
