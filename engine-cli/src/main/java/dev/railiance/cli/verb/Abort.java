package dev.railiance.cli.verb;

import dev.railiance.AbortRequest;
import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.AbortView;
import dev.railiance.cli.output.Reply;
import dev.railiance.failure.Failure.Category;
import dev.railiance.projection.AbortResult;
import java.util.List;

/** Gives a promotion up and takes its canary away. */
public final class Abort implements Verb {

    private static final Option REASON = new Option("--reason", "", "TEXT", "Why, for the record.");

    @Override
    public Grammar grammar() {
        return new Grammar(
                "abort",
                "Give a promotion up: the one that changed last, or the one that ID names. Its canary loses its traffic and"
                        + " is removed, and what it began in production is taken back, also while another process still works on it. Without --apply it is only said.",
                "ID",
                List.of(
                        Option.APPLY,
                        REASON,
                        Option.CONTEXT,
                        Option.REPOSITORY,
                        Option.LEDGER,
                        Option.output("text, json, yaml")),
                List.of(
                        new Note("railiance abort", "What would be done."),
                        new Note("railiance abort 0198c2 --apply --reason \"wrong image\"", "Do it.")),
                List.of(
                        Exits.DONE,
                        Exits.USAGE,
                        new Note("3", "It has ended, or is in production."),
                        Exits.NOT_FOUND,
                        Exits.BUSY,
                        new Note("6", "Something of it is still there."),
                        Exits.TOOL,
                        Exits.LEDGER));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        return new EngineAnswer<AbortResult>(
                        result -> result.outcome().equals("incomplete") ? Category.WORKLOAD.exitCode() : 0,
                        AbortView::of)
                .to(
                        (engine, place, cancellation, progress) -> engine.abort(new AbortRequest(
                                place.repository(),
                                arguments.operand(),
                                arguments.has(Option.APPLY),
                                arguments.value(REASON).orElse("asked for"),
                                arguments.value(Option.CONTEXT),
                                cancellation,
                                progress)),
                        Place.of(arguments, surroundings),
                        reply);
    }
}
