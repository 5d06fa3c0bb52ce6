package dev.railiance.cli.verb;

import dev.railiance.RollbackRequest;
import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.Reply;
import dev.railiance.cli.output.RollbackView;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.projection.Stage3RollbackResult;
import java.util.List;
import java.util.Optional;

/** Plans a rollback or carries it out. */
public final class RollBack implements Verb {

    private static final Option REVISION = new Option(
            "--revision",
            "",
            "N",
            "The revision of the release to go back to. Default: the one that the ledger recorded before the promotion.");
    private static final Option REASON = new Option("--reason", "", "TEXT", "Why, for the record.");

    @Override
    public Grammar grammar() {
        return new Grammar(
                "rollback",
                "Plan how what was in production before a promotion comes back. With --apply it is brought back and proven;"
                        + " what differs is named, and the same command goes on. Hooks, custom resource definitions and"
                        + " data are not taken back.",
                "ID",
                List.of(
                        Option.APPLY,
                        REVISION,
                        REASON,
                        Option.CONTEXT,
                        Option.REPOSITORY,
                        Option.CONTRACT,
                        Option.LEDGER,
                        Option.output("text, json, yaml")),
                List.of(
                        new Note("railiance rollback", "The plan; nothing is changed."),
                        new Note("railiance rollback 0198c2 --apply --reason \"errors\"", "Do it."),
                        new Note("railiance rollback 0198c2 --revision 4 --apply", "To a revision that you name.")),
                List.of(
                        new Note("0", "Planned with nothing in the way, or proven to be back."),
                        Exits.USAGE,
                        new Note("3", "Something stands in the way; the plan says what and how to meet it."),
                        Exits.NOT_FOUND,
                        Exits.BUSY,
                        new Note("6", "Production is not as it was before; the answer says what differs."),
                        Exits.TOOL,
                        Exits.LEDGER));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        Optional<String> revision = arguments.value(REVISION);
        if (revision.isPresent() && !revision.get().matches("[1-9][0-9]{0,8}")) {
            return reply.failure(new Failure(
                    Code.USAGE, "--revision wants the number of a revision, from 1 on", "railiance help rollback"));
        }
        return new EngineAnswer<Stage3RollbackResult>(
                        result -> Exits.ofStage3(result.outcome(), true), RollbackView::of)
                .to(
                        (engine, place, cancellation, progress) -> engine.rollback(new RollbackRequest(
                                arguments.operand(),
                                place.repository(),
                                place.contract(),
                                arguments.has(Option.APPLY),
                                revision.map(Integer::valueOf),
                                arguments.value(REASON).orElse("asked for"),
                                arguments.value(Option.CONTEXT),
                                cancellation,
                                progress)),
                        Place.of(arguments, surroundings),
                        reply);
    }
}
