package dev.railiance.cli.output;

import dev.railiance.projection.Stage2DeployResult;
import dev.railiance.projection.Stage2DeployResult.Check;
import dev.railiance.projection.Stage2DeployResult.Routing;
import dev.railiance.stage2.Stage2Plan.Change;
import java.util.List;

/** A plan of Stage 2, or what came of it, for people. */
public final class DeployView {

    private static final int LABELS = 11;
    private static final int INDENT = 4;

    private DeployView() {}

    /** What stands in the way or is in place, what would be run, and what follows. */
    public static String of(Stage2DeployResult result, Reply reply) {
        var text = new StringBuilder();
        int columns = reply.terminal().columns();
        boolean planned = !result.mode().equals("apply");
        for (Check check : result.checks()) {
            if (planned || check.verdict().equals("failed") || check.verdict().equals("errored")) {
                check(text, check, reply);
            }
        }
        if (planned) {
            result.diff().ifPresent(changes -> changes(text, changes));
            for (List<String> argv : result.invocations()) {
                text.append("\n  ")
                        .append(Words.folded(Plain.line(String.join(" ", argv)), INDENT, columns))
                        .append('\n');
            }
        }
        if (!text.isEmpty()) {
            text.append('\n');
        }
        var lines = new LabelledLines(LABELS, columns);
        lines.line(
                "stage 2",
                result.outcome() + result.reason().map(why -> ": " + why).orElse(""));
        lines.line("promotion", result.promotionId().orElse("none yet") + ", " + result.phase());
        lines.line("traffic", traffic(result.routing()));
        result.release()
                .ifPresent(release -> lines.line("release", release.name() + " revision " + release.revision()));
        lines.line("plan", result.planDigest());
        lines.line("next", reply.runnable(result.nextStep().command()));
        lines.line("", result.nextStep().why());
        return text.append(lines).toString();
    }

    private static void check(StringBuilder text, Check check, Reply reply) {
        Terminal terminal = reply.terminal();
        String line = check.name() + check.reason().map(reason -> ": " + reason).orElse("");
        text.append(mark(check.verdict(), terminal))
                .append(' ')
                .append(Words.folded(Plain.line(line), INDENT, terminal.columns() - 2))
                .append('\n');
        check.fix()
                .filter(fix -> !check.verdict().equals("passed"))
                .ifPresent(fix -> text.append("    fix: ")
                        .append(Words.folded(Plain.line(reply.runnable(fix)), INDENT + 5, terminal.columns()))
                        .append('\n'));
    }

    private static void changes(StringBuilder text, List<Change> changes) {
        text.append('\n');
        if (changes.isEmpty()) {
            text.append("  no object would change\n");
        }
        for (Change change : changes) {
            text.append("  ")
                    .append(
                            switch (change.change()) {
                                case "added" -> '+';
                                case "removed" -> '-';
                                default -> '~';
                            })
                    .append(' ')
                    .append(Plain.line(change.kind() + " " + change.name() + " of " + change.release()))
                    .append('\n');
        }
    }

    private static String traffic(Routing routing) {
        if (routing.mode().equals("isolated")) {
            return "none: the canary has an address of its own";
        }
        var steps = new StringBuilder();
        routing.steps()
                .forEach(step -> steps.append(steps.isEmpty() ? "" : ", ")
                        .append(step.weight())
                        .append(" %")
                        .append(step.state().equals("taken") ? " (taken)" : ""));
        String now = routing.weight() + " % by " + routing.router()
                + routing.actual()
                        .filter(actual -> actual.percent() != routing.weight())
                        .map(actual -> " (really " + actual.percent() + " %)")
                        .orElse("");
        return now + "; steps " + steps
                + routing.heldUntil()
                        .map(until -> "; held until " + Words.moment(until))
                        .orElse("");
    }

    private static String mark(String verdict, Terminal terminal) {
        return switch (verdict) {
            case "passed" -> terminal.unicode() ? "\u2713" : "+";
            case "failed" -> terminal.unicode() ? "\u2717" : "x";
            case "skipped" -> "-";
            default -> "!";
        };
    }
}
