package dev.railiance.cli.output;

import dev.railiance.projection.Stage2DeployResult;
import dev.railiance.projection.Stage2DeployResult.Routing;

/** A plan of Stage 2, or what came of it, for people. */
public final class DeployView {

    private static final int LABELS = 11;

    private DeployView() {}

    /** What stands in the way or is in place, what would be run, and what follows. */
    public static String of(Stage2DeployResult result, Reply reply) {
        var text = new StringBuilder();
        int columns = reply.terminal().columns();
        boolean planned = !result.mode().equals("apply");
        PlanLines.checks(text, result.checks(), planned, reply);
        if (planned) {
            result.diff().ifPresent(changes -> PlanLines.changes(text, changes, columns));
            PlanLines.invocations(text, result.invocations(), columns);
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
        lines.command("next", reply.runnable(result.nextStep().command()));
        lines.line("", result.nextStep().why());
        return text.append(lines).toString();
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
}
