package dev.railiance.cli.verb;

import dev.railiance.PromotionEngine;
import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.ExplanationView;
import dev.railiance.cli.output.Reply;
import dev.railiance.document.Json;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.StatusRow;
import dev.railiance.projection.Query;
import dev.railiance.replay.Explanation;
import dev.railiance.replay.Replays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Says why a promotion came to where it stands. */
public final class Explain implements Verb {

    private static final Option AT = new Option(
            "--at", "", "SEQ", "The event to explain, by its number in the promotion, from 0. Default: the last one.");

    @Override
    public Grammar grammar() {
        return new Grammar(
                "explain",
                "Say what happened to a promotion at one of its events, why that was allowed, how it stood then, and what"
                        + " was in the way of the rest: the one that changed last, or the one that ID names (its first 4"
                        + " characters will do).",
                "ID",
                List.of(AT, Option.REPOSITORY, Option.LEDGER, Option.output("text, json, yaml")),
                List.of(
                        new Note("railiance explain", "Why does it stand where it stands?"),
                        new Note("railiance explain 0198c2 --at 4", "And why did it at its fifth event?")),
                List.of(Exits.DONE, Exits.USAGE, Exits.NOT_FOUND, Exits.BUSY, Exits.LEDGER));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        Outcome<Explanation> answer = Place.of(arguments, surroundings)
                .then(place ->
                        sequence(arguments.value(AT)).then(sequence -> explain(place, arguments.operand(), sequence)));
        return switch (answer) {
            case Outcome.Done<Explanation> done ->
                reply.document(0, Json.compact(done.value()), () -> ExplanationView.of(done.value(), reply));
            case Outcome.NotDone<Explanation> not -> reply.failure(not.failure());
        };
    }

    private static Outcome<Explanation> explain(Place place, Optional<String> id, OptionalLong sequence) {
        try (var engine = PromotionEngine.open(place.ledger())) {
            Query<StatusRow> which = id.map(Query::status).orElseGet(Query::latestStatus);
            return engine.query(ledger -> which.answer(ledger)
                    .then(row -> Replays.explain(row.promotion(), sequence).answer(ledger)));
        }
    }

    private static Outcome<OptionalLong> sequence(Optional<String> given) {
        if (given.isEmpty()) {
            return Outcome.done(OptionalLong.empty());
        }
        return given.get().matches("[0-9]{1,9}")
                ? Outcome.done(OptionalLong.of(Long.parseLong(given.get())))
                : Outcome.notDone(
                        new Failure(Code.USAGE, "--at wants the number of an event, from 0", "railiance help explain"));
    }
}
