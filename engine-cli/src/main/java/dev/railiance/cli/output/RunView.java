package dev.railiance.cli.output;

import dev.railiance.projection.Rendered;
import dev.railiance.projection.RunResult;

/** What Stage 1 found, for people. */
public final class RunView {

    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String USUAL = "\u001b[0m";
    private static final int REASON_INDENT = 4;

    private RunView() {}

    /** A line for each step and reason, and what follows from them. */
    public static String of(RunResult result, Reply reply) {
        Terminal terminal = reply.terminal();
        var text = new StringBuilder();
        int names = 0;
        int kinds = 0;
        for (Rendered.Check check : result.checks()) {
            names = Math.max(names, Plain.line(check.name()).length());
            kinds = Math.max(kinds, check.kind().length());
        }
        for (Rendered.Check check : result.checks()) {
            text.append(colored(check.verdict(), mark(check.verdict(), terminal), terminal))
                    .append(' ')
                    .append(Words.padded(check.kind(), kinds))
                    .append("  ")
                    .append(Words.padded(Plain.line(check.name()), names))
                    .append("  ")
                    .append(Words.span(check.durationMs()))
                    .append('\n');
            check.reason()
                    .ifPresent(reason -> text.append(" ".repeat(REASON_INDENT))
                            .append(Words.folded(Plain.line(reason), REASON_INDENT, terminal.columns()))
                            .append('\n'));
        }
        text.append('\n')
                .append(colored(result.outcome(), "Stage 1 " + result.outcome(), terminal))
                .append(" in ")
                .append(Words.span(result.durationMs()))
                .append(", ")
                .append(result.evidence().size())
                .append(result.evidence().size() == 1 ? " evidence file\n" : " evidence files\n");
        text.append("promotion  ").append(result.promotionId()).append('\n');
        text.append("next       ")
                .append(Plain.line(reply.runnable(result.nextStep().command())))
                .append('\n');
        return text.append("           ")
                .append(Plain.line(result.nextStep().why()))
                .append('\n')
                .toString();
    }

    private static String mark(String verdict, Terminal terminal) {
        return switch (verdict) {
            case "passed" -> terminal.unicode() ? "✓" : "+";
            case "failed" -> terminal.unicode() ? "✗" : "x";
            case "skipped" -> "-";
            default -> "!";
        };
    }

    private static String colored(String verdict, String text, Terminal terminal) {
        if (!terminal.color()) {
            return text;
        }
        return switch (verdict) {
            case "passed" -> GREEN + text + USUAL;
            case "failed", "errored" -> RED + text + USUAL;
            default -> YELLOW + text + USUAL;
        };
    }
}
