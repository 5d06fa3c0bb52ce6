package dev.railiance.cli.verb;

import dev.railiance.DeployRequest.Mode;
import dev.railiance.PromoteRequest;
import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.PromoteView;
import dev.railiance.cli.output.Reply;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.projection.Stage3PromoteResult;
import java.util.List;

/** Plans a promotion to production or carries it out. */
public final class Promote implements Verb {

    private static final Option DRY_RUN =
            new Option("--dry-run", "", "", "Plan, and have the API server check what would be applied.");

    @Override
    public Grammar grammar() {
        return new Grammar(
                "promote",
                "Plan a promotion to production: that of the repository, or the one that ID names. With --apply, and only"
                        + " under the plan that was approved, production gets the artifact and all the traffic, and the"
                        + " canary goes. The same command carries on what was interrupted.",
                "ID",
                List.of(
                        Option.APPLY,
                        DRY_RUN,
                        Option.CONTEXT,
                        Option.REPOSITORY,
                        Option.CONTRACT,
                        Option.LEDGER,
                        Option.output("text, json, yaml")),
                List.of(
                        new Note("railiance promote", "The plan; nothing is changed."),
                        new Note("railiance promote 0198c2 --apply", "Do it.")),
                List.of(
                        new Note("0", "Planned with nothing in the way, or in production."),
                        Exits.USAGE,
                        new Note("3", "Something stands in the way, or the plan is not the approved one."),
                        Exits.NOT_FOUND,
                        Exits.BUSY,
                        new Note("6", "The rollout or a gate failed; the answer says what production runs."),
                        Exits.TOOL,
                        Exits.LEDGER));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        boolean apply = arguments.has(Option.APPLY);
        if (apply && arguments.has(DRY_RUN)) {
            return reply.failure(
                    new Failure(Code.USAGE, "--apply and --dry-run exclude each other", "railiance help promote"));
        }
        return new EngineAnswer<Stage3PromoteResult>(result -> Exits.ofStage3(result.outcome(), false), PromoteView::of)
                .to(
                        (engine, place, cancellation, progress) -> engine.promote(new PromoteRequest(
                                arguments.operand(),
                                place.repository(),
                                place.contract(),
                                apply ? Mode.APPLY : arguments.has(DRY_RUN) ? Mode.DRY_RUN : Mode.PLAN,
                                arguments.value(Option.CONTEXT),
                                cancellation,
                                progress)),
                        Place.of(arguments, surroundings).then(Place::withContract),
                        reply);
    }
}
