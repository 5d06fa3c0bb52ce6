package dev.railiance.cli.verb;

import dev.railiance.PromotionEngine;
import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.HistoryView;
import dev.railiance.cli.output.Reply;
import dev.railiance.document.Json;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.StatusRow;
import dev.railiance.projection.AuditTrail;
import dev.railiance.projection.Query;
import java.util.List;

/** Lists what happened to a promotion. */
public final class History implements Verb {

    private final String name;

    /** The verb under one of its names. */
    History(String name) {
        this.name = name;
    }

    @Override
    public Grammar grammar() {
        return new Grammar(
                name,
                "List everything that happened to a promotion, as the ledger has it: to the one that changed last, or"
                        + " to the one that ID names (its first 4 characters will do).",
                "ID",
                List.of(Option.REPOSITORY, Option.LEDGER, Option.output("text, json, yaml")),
                List.of(
                        new Note("railiance " + name, "The promotion that changed last."),
                        new Note("railiance " + name + " 0198c2 -o json", "With all that the events say.")),
                List.of(Exits.DONE, Exits.USAGE, Exits.NOT_FOUND, Exits.BUSY, Exits.LEDGER));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        Outcome<Place> found = Place.of(arguments, surroundings);
        if (found instanceof Outcome.NotDone<Place> not) {
            return reply.failure(not.failure());
        }
        Place place = ((Outcome.Done<Place>) found).value();
        try (var engine = PromotionEngine.open(place.ledger())) {
            Query<StatusRow> which = arguments.operand().map(Query::status).orElseGet(Query::latestStatus);
            Outcome<AuditTrail> answer = engine.query(ledger -> which.answer(ledger)
                    .then(row -> Query.trail(row.promotion()).answer(ledger)));
            return switch (answer) {
                case Outcome.Done<AuditTrail> done ->
                    reply.document(0, Json.compact(done.value()), () -> HistoryView.of(done.value(), reply));
                case Outcome.NotDone<AuditTrail> not -> reply.failure(not.failure());
            };
        }
    }
}
