package dev.railiance.cli.verb;

import dev.railiance.DeployRequest;
import dev.railiance.DeployRequest.Mode;
import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.DeployView;
import dev.railiance.cli.output.Reply;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Category;
import dev.railiance.failure.Failure.Code;
import dev.railiance.projection.Stage2DeployResult;
import java.util.List;

/** Plans Stage 2 or carries it out. */
public final class DeployCanary implements Verb {

    private static final Option STAGE = new Option("--stage", "", "N", "The stage; Stage 2 is the one that deploys.");
    private static final Option DRY_RUN =
            new Option("--dry-run", "", "", "Plan, and have the API server check what would be applied.");
    private static final Option FOLLOW = new Option(
            "--follow", "", "", "With --apply: take every step, each when it is due, rather than the next one.");

    @Override
    public Grammar grammar() {
        return new Grammar(
                "deploy",
                "Plan Stage 2: what stands in the way, what would be run, what would change. With --apply the canary is"
                        + " deployed or, where it runs already, gets its next share of the traffic. The same command"
                        + " carries on what was interrupted.",
                "",
                List.of(
                        STAGE,
                        Option.APPLY,
                        DRY_RUN,
                        FOLLOW,
                        Option.CONTEXT,
                        Option.REPOSITORY,
                        Option.CONTRACT,
                        Option.LEDGER,
                        Option.output("text, json, yaml")),
                List.of(
                        new Note("railiance deploy --stage 2", "The plan; nothing is changed."),
                        new Note("railiance deploy --stage 2 --apply", "One step."),
                        new Note("railiance deploy --stage 2 --apply --follow", "Every step, in the foreground.")),
                List.of(
                        new Note("0", "Planned with nothing in the way, or done, or the next step is not due yet."),
                        Exits.USAGE,
                        new Note("3", "Something stands in the way; the plan says what and how to meet it."),
                        Exits.NOT_FOUND,
                        Exits.BUSY,
                        new Note("6", "The canary's rollout or a gate failed."),
                        Exits.TOOL,
                        Exits.LEDGER));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        if (!arguments.value(STAGE).orElse("").equals("2")) {
            return reply.failure(usage("deploy wants --stage 2"));
        }
        boolean apply = arguments.has(Option.APPLY);
        if ((apply && arguments.has(DRY_RUN)) || (!apply && arguments.has(FOLLOW))) {
            return reply.failure(usage(apply ? "--apply and --dry-run exclude each other" : "--follow is for --apply"));
        }
        return new EngineAnswer<Stage2DeployResult>(result -> exitCode(result.outcome()), DeployView::of)
                .to(
                        (engine, place, cancellation, progress) -> engine.deploy(new DeployRequest(
                                place.repository(),
                                place.contract(),
                                apply ? Mode.APPLY : arguments.has(DRY_RUN) ? Mode.DRY_RUN : Mode.PLAN,
                                arguments.has(FOLLOW),
                                arguments.value(Option.CONTEXT),
                                cancellation,
                                progress)),
                        Place.of(arguments, surroundings).then(Place::withContract),
                        reply);
    }

    private static Failure usage(String message) {
        return new Failure(Code.USAGE, message, "railiance help deploy");
    }

    private static int exitCode(String outcome) {
        return switch (outcome) {
            case "refused" -> Category.REFUSED.exitCode();
            case "errored" -> Category.TOOL.exitCode();
            case "failed", "rolled-back", "incomplete" -> Category.WORKLOAD.exitCode();
            default -> 0;
        };
    }
}
