package dev.railiance.cli.verb;

import dev.railiance.PromotionEngine;
import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.Reply;
import dev.railiance.cli.output.StatusView;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.StatusRow;
import dev.railiance.projection.Query;
import java.util.List;

/** Says where promotions stand. Reads ready rows; no event is looked at. */
public final class Status implements Verb {

    private static final Option ALL = new Option("--all", "-a", "", "Every promotion, the latest change first.");
    private static final Option LIMIT = new Option("--limit", "", "N", "With --all, how many at most. Default: 50.");
    private static final int USUAL_LIMIT = 50;
    private static final int HIGHEST_LIMIT = 100_000;

    @Override
    public Grammar grammar() {
        return new Grammar(
                "status",
                "Say where a promotion stands, since when, why, and what to do next: of the one that changed last, or"
                        + " of the one that ID names (its first 4 characters will do).",
                "ID",
                List.of(ALL, LIMIT, Option.REPOSITORY, Option.LEDGER, Option.output("text, json, yaml")),
                List.of(
                        new Note("railiance status", "The promotion that changed last."),
                        new Note("railiance status 0198c2", "The one whose id begins so."),
                        new Note("railiance status --all", "All of them, a line each.")),
                List.of(Exits.DONE, Exits.USAGE, Exits.NOT_FOUND, Exits.BUSY, Exits.LEDGER));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        Outcome<Place> found = Place.of(arguments, surroundings);
        if (found instanceof Outcome.NotDone<Place> not) {
            return reply.failure(not.failure());
        }
        int limit = limit(arguments.value(LIMIT).orElse(""));
        if (limit < 1 || (arguments.has(ALL) && arguments.operand().isPresent())) {
            return reply.failure(new Failure(
                    Code.USAGE,
                    limit < 1
                            ? "--limit wants a number from 1 to " + HIGHEST_LIMIT
                            : "--all and an ID exclude each other",
                    "railiance help status"));
        }
        try (var engine =
                PromotionEngine.open(((Outcome.Done<Place>) found).value().ledger())) {
            return arguments.has(ALL) ? all(engine, limit, reply) : one(engine, arguments, reply);
        }
    }

    private static int one(PromotionEngine engine, Arguments arguments, Reply reply) {
        String id = arguments.operand().orElse(null);
        Outcome<StatusRow> answer = engine.query(id == null ? Query.latestStatus() : Query.status(id));
        if (answer instanceof Outcome.Done<StatusRow> done) {
            StatusRow row = done.value();
            return reply.document(0, row.document(), () -> StatusView.of(row, reply));
        }
        return reply.failure(((Outcome.NotDone<StatusRow>) answer).failure());
    }

    private static int all(PromotionEngine engine, int limit, Reply reply) {
        Outcome<List<StatusRow>> answer = engine.query(Query.statuses(limit + 1));
        if (answer instanceof Outcome.Done<List<StatusRow>> done) {
            boolean more = done.value().size() > limit;
            List<StatusRow> rows = more ? done.value().subList(0, limit) : done.value();
            return reply.document(0, StatusView.json(rows, more), () -> StatusView.table(rows, more, reply));
        }
        return reply.failure(((Outcome.NotDone<List<StatusRow>>) answer).failure());
    }

    /** The number, or 0 where it is none that may be. */
    private static int limit(String given) {
        if (given.isEmpty()) {
            return USUAL_LIMIT;
        }
        try {
            int limit = Integer.parseInt(given);
            return limit <= HIGHEST_LIMIT ? limit : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
