package dev.railiance.cli.output;

import dev.railiance.projection.Stage2DeployResult.Check;
import dev.railiance.stage2.ObjectChange;
import java.util.List;

/** The parts that the plans of every stage have, for people. */
final class PlanLines {

    private static final int INDENT = 4;
    private static final int MOST_FIELDS = 20;
    private static final String NONE = "(none)";

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

    static void changes(StringBuilder text, List<ObjectChange> changes, int columns) {
        text.append('\n');
        if (changes.isEmpty()) {
            text.append("  no object would change\n");
        }
        for (ObjectChange change : changes) {
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
            fields(text, change, columns);
        }
    }

    private static void fields(StringBuilder text, ObjectChange change, int columns) {
        change.fields().stream().limit(MOST_FIELDS).forEach(field -> {
            text.append("      ")
                    .append(Words.folded(
                            Plain.line(field.path() + ": " + field.before().orElse(NONE) + " -> "
                                    + field.after().orElse(NONE)),
                            2 * INDENT,
                            columns))
                    .append('\n');
        });
        if (change.fields().size() > MOST_FIELDS) {
            text.append("      and ")
                    .append(change.fields().size() - MOST_FIELDS)
                    .append(" more, which -o json has\n");
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
