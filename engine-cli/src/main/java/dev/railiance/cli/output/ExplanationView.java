package dev.railiance.cli.output;

import dev.railiance.replay.Explanation;
import java.util.List;

/** Why a promotion stood where it stood, for people. */
public final class ExplanationView {

    private static final int LABEL = 11;

    private ExplanationView() {}

    /** The event, the state after it, and what could be asked then. */
    public static String of(Explanation explanation, Reply reply) {
        var text = new StringBuilder();
        int columns = reply.terminal().columns();
        line(text, columns, "promotion", explanation.promotionId());
        line(text, columns, "app", explanation.app() + " to " + explanation.environment());
        event(text, columns, explanation);
        text.append('\n');
        state(text, columns, explanation.state());
        text.append('\n');
        next(text, columns, explanation.next());
        line(text, columns, "next", reply.runnable(explanation.nextStep().command()));
        line(text, columns, "", explanation.nextStep().why());
        return text.toString();
    }

    private static void event(StringBuilder text, int columns, Explanation explanation) {
        Explanation.Event event = explanation.event();
        line(
                text,
                columns,
                "event",
                explanation.sequence() + " of 0 to " + explanation.lastSequence() + ": " + event.type() + ", #"
                        + event.position() + " in the ledger");
        line(text, columns, "when", Words.moment(event.at()) + " by " + event.by());
        line(text, columns, "asked", event.trigger() + " (" + event.verb() + ")");
        line(text, columns, "phase", event.from() + " -> " + event.to());
        String why = event.follows()
                .map(first -> "it followed by itself from event " + first)
                .orElse(event.guards().isEmpty() ? "the lifecycle allows it in this phase" : "every guard held");
        line(
                text,
                columns,
                "why",
                event.agrees() ? why : "decided again, it would not be recorded so: railiance replay");
        guards(text, columns, event.guards());
    }

    private static void state(StringBuilder text, int columns, Explanation.State state) {
        line(text, columns, "requester", state.requester());
        state.attempt()
                .ifPresent(attempt -> line(
                        text,
                        columns,
                        "at work",
                        "process " + attempt.pid() + " on " + attempt.host() + ", attempt " + attempt.id()));
        state.validation().ifPresent(verdict -> line(text, columns, "stage 1", verdict));
        if (!state.weights().isEmpty()) {
            line(text, columns, "weight", state.weight() + " of " + listed(state.weights()));
        }
        for (Explanation.Gate gate : state.gates()) {
            line(
                    text,
                    columns,
                    "gate",
                    gate.name() + ": " + gate.verdict().orElse("not looked at")
                            + (gate.required() ? "" : ", not required"));
        }
        for (Explanation.Given given : state.approvals()) {
            line(
                    text,
                    columns,
                    "approval",
                    given.approver() + " for " + given.scope() + ", plan " + given.plan() + ", "
                            + (given.expired() ? "expired " : "until ") + Words.moment(given.expires())
                            + (given.signed() ? ", signed" : ", not signed"));
        }
        for (Explanation.Quorum quorum : state.quorums()) {
            line(
                    text,
                    columns,
                    "quorum",
                    quorum.scope() + ": " + quorum.approvers().size() + " of " + quorum.required()
                            + (quorum.missing() == 0
                                    ? ", reached"
                                    : ", " + quorum.missing() + " more wanted"
                                            + (quorum.from().isEmpty() ? "" : " of " + listed(quorum.from()))));
        }
    }

    private static void next(StringBuilder text, int columns, List<Explanation.Next> all) {
        for (Explanation.Next next : all) {
            String assuming = next.assuming().map(what -> ", " + what).orElse("");
            line(
                    text,
                    columns,
                    next.allowed() ? "open" : "closed",
                    next.trigger() + " -> " + next.to() + assuming
                            + (next.allowed()
                                    ? ""
                                    : ": " + next.message().orElse("")
                                            + next.code()
                                                    .map(code -> " (" + code + ")")
                                                    .orElse("")));
            if (!next.allowed()) {
                guards(
                        text,
                        columns,
                        next.guards().stream().filter(guard -> !guard.holds()).toList());
            }
        }
    }

    private static void guards(StringBuilder text, int columns, List<Explanation.Asked> guards) {
        for (Explanation.Asked guard : guards) {
            line(
                    text,
                    columns,
                    "",
                    (guard.holds() ? "+ " : "- ") + guard.guard() + ": "
                            + String.join(
                                    "; ",
                                    guard.facts().stream()
                                            .map(fact -> fact.name() + " " + fact.value())
                                            .toList()));
        }
    }

    private static String listed(List<?> values) {
        return String.join(", ", values.stream().map(Object::toString).toList());
    }

    private static void line(StringBuilder text, int columns, String label, String value) {
        text.append(Words.padded(label, LABEL))
                .append(Words.folded(Plain.line(value), LABEL, columns))
                .append('\n');
    }
}
