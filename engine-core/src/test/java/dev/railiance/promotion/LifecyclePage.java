package dev.railiance.promotion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The part of the lifecycle's documentation that is made from the table: a Mermaid diagram and the list of rows. */
final class LifecyclePage {

    static final String BEGIN = "<!-- generated from Lifecycle.TABLE: begin -->\n";
    static final String END = "<!-- generated from Lifecycle.TABLE: end -->\n";

    private record Edge(Phase from, Phase to) {}

    private LifecyclePage() {}

    /** The page with what stands between its markers made anew. */
    static String renewed(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page has lost its markers");
        }
        return page.substring(0, begin + BEGIN.length()) + "\n" + diagram() + "\n" + rows() + "\n"
                + page.substring(end);
    }

    private static String diagram() {
        Map<Edge, List<String>> edges = Lifecycle.TABLE.stream()
                .collect(Collectors.groupingBy(
                        row -> new Edge(row.from(), row.to()),
                        LinkedHashMap::new,
                        Collectors.mapping(row -> words(row.trigger()), Collectors.toList())));
        var text = new StringBuilder("```mermaid\nstateDiagram-v2\n");
        edges.forEach((edge, labels) -> text.append("    ")
                .append(edge.from() == Phase.NEW ? "[*]" : edge.from())
                .append(" --> ")
                .append(edge.to())
                .append(": ")
                .append(String.join("<br/>", labels))
                .append('\n'));
        for (Phase phase : Phase.values()) {
            if (phase.end()) {
                text.append("    ").append(phase).append(" --> [*]\n");
            }
        }
        return text.append("```\n").toString();
    }

    private static String words(Trigger trigger) {
        return trigger.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String rows() {
        var text = new StringBuilder("""
                | Phase | What happens | Verb | Event | Next phase | Refused when |
                |---|---|---|---|---|---|
                """);
        for (Transition row : Lifecycle.TABLE) {
            text.append("| ")
                    .append(row.from() == Phase.NEW ? "–" : row.from())
                    .append(" | ")
                    .append(words(row.trigger()))
                    .append(" | `")
                    .append(row.verb())
                    .append("` | `")
                    .append(row.trigger().event())
                    .append("` | ")
                    .append(row.to())
                    .append(" | ")
                    .append(row.guards().stream().map(LifecyclePage::refusal).collect(Collectors.joining("; ")))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String refusal(Guard guard) {
        Refusal refusal = guard.refusal();
        return refusal.message() + " (`" + refusal.code() + "`)";
    }
}
