package dev.railiance.cli.verb;

import dev.railiance.PromotionEngine;
import dev.railiance.approval.Approvals;
import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.ApprovalView;
import dev.railiance.cli.output.Reply;
import dev.railiance.document.Json;
import dev.railiance.failure.Outcome;
import java.util.List;

/** Says who may approve, who has, and what is missing. */
public final class ShowApprovals implements Verb {

    @Override
    public Grammar grammar() {
        return new Grammar(
                "approvals",
                "Say who may approve a promotion, who has, and what is missing: of the one that changed last, or of the"
                        + " one that ID names.",
                "ID",
                List.of(Option.REPOSITORY, Option.LEDGER, Option.output("text, json, yaml")),
                List.of(new Note("railiance approvals 0198c2", "Of the promotion whose id begins so.")),
                List.of(Exits.DONE, Exits.USAGE, Exits.NOT_FOUND, Exits.BUSY, Exits.LEDGER));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        Outcome<Place> found = Place.of(arguments, surroundings);
        if (found instanceof Outcome.NotDone<Place> not) {
            return reply.failure(not.failure());
        }
        try (var engine =
                PromotionEngine.open(((Outcome.Done<Place>) found).value().ledger())) {
            return switch (engine.approvals(arguments.operand())) {
                case Outcome.NotDone<Approvals> not -> reply.failure(not.failure());
                case Outcome.Done<Approvals> done ->
                    reply.document(0, Json.compact(done.value()), () -> ApprovalView.of(done.value(), reply));
            };
        }
    }
}
