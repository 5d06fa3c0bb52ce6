package dev.railiance.cli.verb;

import dev.railiance.PromotionEngine;
import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.Reply;
import dev.railiance.cli.output.StatisticsView;
import dev.railiance.document.Json;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.projection.Query;
import dev.railiance.projection.Statistics;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Measures delivery. */
public final class Stats implements Verb {

    private static final Option NAME = new Option("--app", "", "NAME", "Only this app.");
    private static final Option ENVIRONMENT = new Option("--environment", "", "NAME", "Only this environment.");
    private static final Option SINCE = new Option(
            "--since", "", "TIME", "From here on: 2026-01-31, or 2026-01-31T08:00:00Z. Default: the first event.");
    private static final Option UNTIL = new Option(
            "--until",
            "",
            "TIME",
            "Before this, and as things stood then. Default: the last event, which a rate by"
                    + " days then goes up to.");

    @Override
    public Grammar grammar() {
        return new Grammar(
                "stats",
                "Measure delivery as DORA does, from the ledger: how often is deployed, how long a change takes, how"
                        + " many fail, and how long until that is over.",
                "",
                List.of(
                        NAME,
                        ENVIRONMENT,
                        SINCE,
                        UNTIL,
                        Option.REPOSITORY,
                        Option.LEDGER,
                        Option.output("text, json, yaml")),
                List.of(
                        new Note("railiance stats", "Over everything that is recorded."),
                        new Note(
                                "railiance stats --environment production --since 2026-01-01",
                                "In production, this year.")),
                List.of(Exits.DONE, Exits.USAGE, Exits.NOT_FOUND, Exits.BUSY, Exits.LEDGER));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        Outcome<Statistics> answer =
                Place.of(arguments, surroundings).then(place -> scope(arguments).then(scope -> measure(place, scope)));
        return switch (answer) {
            case Outcome.Done<Statistics> done ->
                reply.document(0, Json.compact(done.value()), () -> StatisticsView.of(done.value(), reply));
            case Outcome.NotDone<Statistics> not -> reply.failure(not.failure());
        };
    }

    private static Outcome<Statistics> measure(Place place, Statistics.Scope scope) {
        try (var engine = PromotionEngine.open(place.ledger())) {
            return engine.query(Query.statistics(scope));
        }
    }

    private static Outcome<Statistics.Scope> scope(Arguments arguments) {
        try {
            Optional<Instant> since = arguments.value(SINCE).map(Stats::instant);
            Optional<Instant> until = arguments.value(UNTIL).map(Stats::instant);
            if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
                return Outcome.notDone(
                        new Failure(Code.USAGE, "--since must be before --until", "railiance help stats"));
            }
            return Outcome.done(
                    new Statistics.Scope(arguments.value(NAME), arguments.value(ENVIRONMENT), since, until));
        } catch (DateTimeException e) {
            return Outcome.notDone(new Failure(
                    Code.USAGE,
                    "--since and --until want a day as in 2026-01-31, or a time with its zone as in 2026-01-31T08:00:00Z",
                    "railiance help stats"));
        }
    }

    /** A day begins at midnight in UTC. */
    private static Instant instant(String given) {
        return given.length() == 10
                ? LocalDate.parse(given).atStartOfDay(ZoneOffset.UTC).toInstant()
                : OffsetDateTime.parse(given).toInstant();
    }
}
