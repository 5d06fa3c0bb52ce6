package dev.railiance.contract.fault.report;

import dev.railiance.contract.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** For people: each fault with its place, which terminals and editors make a link of, in at most 80 columns. */
public final class TextReport {

    private static final int WIDTH = 80;
    private static final int INDENT = 12;

    private TextReport() {}

    /** The report; every line ends with a line break. */
    public static String render(FaultReport report) {
        return report.faults().stream().map(TextReport::fault).collect(Collectors.joining()) + summary(report) + "\n";
    }

    private static String fault(Fault fault) {
        var text = new StringBuilder();
        text.append("%s:%d:%d: %s: %s\n"
                .formatted(
                        fault.file(),
                        fault.position().line(),
                        fault.position().column(),
                        fault.severity().id(),
                        fault.code().id()));
        field(text, "", 2, fault.message());
        fault.found().ifPresent(found -> field(text, "  found", INDENT, found));
        fault.expected().ifPresent(expected -> field(text, "  expected", INDENT, expected));
        fault.suggestion().ifPresent(suggestion -> field(text, "  help", INDENT, suggestion));
        return text.append('\n').toString();
    }

    private static void field(StringBuilder text, String label, int indent, String value) {
        String start = label + " ".repeat(indent - label.length());
        for (String line : wrapped(value, WIDTH - indent)) {
            text.append(start).append(line).append('\n');
            start = " ".repeat(indent);
        }
    }

    /** Lines of at most the width: broken between words, and in a word only where it is longer than a line. */
    private static List<String> wrapped(String value, int width) {
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder();
        for (String word : value.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
            while (line.length() > width) {
                lines.add(line.substring(0, width));
                line.delete(0, width);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private static String summary(FaultReport report) {
        if (report.faults().isEmpty()) {
            return report.file() + ": valid";
        }
        String counted = count(report.errors(), "error") + ", " + count(report.warnings(), "warning");
        return report.file() + ": " + (report.valid() ? "valid, " : "") + counted;
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
