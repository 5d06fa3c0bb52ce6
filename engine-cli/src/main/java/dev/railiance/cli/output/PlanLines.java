package dev.railiance.cli.output;

import dev.railiance.projection.Stage2DeployResult.Check;
import dev.railiance.stage2.Stage2Plan.Change;
import java.util.List;

/** The parts that the plans of every stage have, for people. */
final class PlanLines {

    private static final int INDENT = 4;

    private PlanLines() {}

    /** Prerequisites: all of a plan, and of what was done those that stood in the way. */
    static void checks(StringBuilder text, List<Check> checks, boolean planned, Reply reply) {
        for (Check check : checks) {
            if (planned || check.verdict().equals("failed") || check.verdict().equals("errored")) {
                check(text, check, reply);
            }
        }
    }

    static void check(StringBuilder text, Check check, Reply reply) {
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

    static void changes(StringBuilder text, List<Change> changes) {
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

    static void invocations(StringBuilder text, List<List<String>> invocations, int columns) {
        for (List<String> argv : invocations) {
            text.append("\n  ")
                    .append(Words.folded(Plain.line(String.join(" ", argv)), INDENT, columns))
                    .append('\n');
        }
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
