package dev.railiance.cli.output;

import dev.railiance.replay.Explanation;
import java.util.List;

/** Why a promotion stood where it stood, for people. */
public final class ExplanationView {

    private static final int LABEL = 11;

    private ExplanationView() {}

    /** The event, the state after it, and what could be asked then. */
    public static String of(Explanation explanation, Reply reply) {
        var lines = new LabelledLines(LABEL, reply.terminal().columns());
        lines.line("promotion", explanation.promotionId());
        lines.line("app", explanation.app() + " to " + explanation.environment());
        event(lines, explanation, reply);
        lines.blank();
        state(lines, explanation.state());
        lines.blank();
        next(lines, explanation.next());
        lines.command("next", reply.runnable(explanation.nextStep().command()));
        lines.line("", explanation.nextStep().why());
        return lines.toString();
    }

    private static void event(LabelledLines lines, Explanation explanation, Reply reply) {
        Explanation.Event event = explanation.event();
        lines.line(
                "event",
                explanation.sequence() + " of 0 to " + explanation.lastSequence() + ": " + event.type() + ", #"
                        + event.position() + " in the ledger");
        lines.line("when", Words.moment(event.at()) + " by " + event.by());
        lines.line("asked", event.trigger() + " (" + event.verb() + ")");
        lines.line("phase", event.from() + " -> " + event.to());
        String why = event.follows()
                .map(first -> "it followed by itself from event " + first)
                .orElse(event.guards().isEmpty() ? "the lifecycle allows it in this phase" : "every guard held");
        lines.line(
                "why",
                event.agrees()
                        ? why
                        : "decided again, it would not be recorded so: " + reply.runnable("railiance replay"));
        guards(lines, event.guards());
    }

    private static void state(LabelledLines lines, Explanation.State state) {
        lines.line("requester", state.requester());
        state.attempt()
                .ifPresent(attempt -> lines.line(
                        "at work", "process " + attempt.pid() + " on " + attempt.host() + ", attempt " + attempt.id()));
        state.validation().ifPresent(verdict -> lines.line("stage 1", verdict));
        if (!state.weights().isEmpty()) {
            lines.line("weight", state.weight() + " of " + listed(state.weights()));
        }
        for (Explanation.Gate gate : state.gates()) {
            lines.line(
                    "gate",
                    gate.name() + ": " + gate.verdict().orElse("not looked at")
                            + (gate.required() ? "" : ", not required"));
        }
        for (Explanation.Given given : state.approvals()) {
            lines.line(
                    "approval",
                    given.approver() + " for " + given.scope() + ", plan " + given.plan() + ", "
                            + (given.expired() ? "expired " : "until ") + Words.moment(given.expires())
                            + (given.signed() ? ", signed" : ", not signed"));
        }
        for (Explanation.Quorum quorum : state.quorums()) {
            lines.line(
                    "quorum",
                    quorum.scope() + ": " + quorum.approvers().size() + " of " + quorum.required()
                            + (quorum.missing() == 0
                                    ? ", reached"
                                    : ", " + quorum.missing() + " more wanted"
                                            + (quorum.from().isEmpty() ? "" : " of " + listed(quorum.from()))));
        }
    }

    private static void next(LabelledLines lines, List<Explanation.Next> all) {
        for (Explanation.Next next : all) {
            String assuming = next.assuming().map(what -> ", " + what).orElse("");
            lines.line(
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
                        lines,
                        next.guards().stream().filter(guard -> !guard.holds()).toList());
            }
        }
    }

    private static void guards(LabelledLines lines, List<Explanation.Asked> guards) {
        for (Explanation.Asked guard : guards) {
            lines.line(
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
}
