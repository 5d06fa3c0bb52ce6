package dev.railiance.cli.verb;

import dev.railiance.PromotionEngine;
import dev.railiance.audit.RebuildResult;
import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.AuditView;
import dev.railiance.cli.output.Reply;
import dev.railiance.document.Json;
import dev.railiance.failure.Outcome;
import java.util.List;

/** Makes the status rows again. */
public final class RebuildStatuses implements Verb {

    private static final Option APPLY =
            new Option("--apply", "", "", "Do it. Without this, only say what is different.");

    @Override
    public Grammar grammar() {
        return new Grammar(
                "audit rebuild",
                "Verify the events, compare the status rows with them and, with --apply, make the rows again. Events are"
                        + " never changed.",
                "",
                List.of(APPLY, Option.REPOSITORY, Option.LEDGER, Option.output("text, json, yaml")),
                List.of(
                        new Note("railiance audit rebuild", "Is every status what the events say?"),
                        new Note("railiance audit rebuild --apply", "Make it so.")),
                List.of(
                        new Note("0", "All rows are right, or will be, or are now."),
                        Exits.USAGE,
                        Exits.NOT_FOUND,
                        Exits.BUSY,
                        new Note("8", "The events are not what was written, or the ledger is out of reach.")));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        Outcome<RebuildResult> answer = Place.of(arguments, surroundings).then(place -> {
            try (var engine = PromotionEngine.open(place.ledger())) {
                return arguments.has(APPLY) ? engine.rebuild() : engine.planRebuild();
            }
        });
        return switch (answer) {
            case Outcome.NotDone<RebuildResult> not -> reply.failure(not.failure());
            case Outcome.Done<RebuildResult> done ->
                reply.document(0, Json.compact(done.value()), () -> AuditView.of(done.value(), reply));
        };
    }
}
