package dev.railiance.cli.verb;

import dev.railiance.ContractPolicy;
import dev.railiance.PromotionEngine;
import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.ReplayView;
import dev.railiance.cli.output.Reply;
import dev.railiance.document.Json;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Category;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.StatusRow;
import dev.railiance.process.ShellWord;
import dev.railiance.projection.Query;
import dev.railiance.promotion.PromotionId;
import dev.railiance.replay.Policy;
import dev.railiance.replay.ReplayReport;
import dev.railiance.replay.Replays;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Decides history again. */
public final class Replay implements Verb {

    private static final Option POLICY =
            new Option("--policy", "", "FILE", "A contract: what would its rules have decided about its own target?");

    @Override
    public Grammar grammar() {
        return new Grammar(
                "replay",
                "Decide everything in the ledger again, from the ledger alone, and list each decision that comes out"
                        + " otherwise; with an ID (its first 4 characters will do) only those on one promotion. Verdicts of gates"
                        + " and of Stage 1 are taken as they are recorded: a policy's other"
                        + " limits for them are not tried.",
                "ID",
                List.of(POLICY, Option.REPOSITORY, Option.LEDGER, Option.output("text, json, yaml")),
                List.of(
                        new Note("railiance replay", "Would this engine decide as it is recorded?"),
                        new Note("railiance replay --policy new.toml", "What would these rules have changed?")),
                List.of(
                        new Note("0", "Every decision comes out as it is recorded."),
                        Exits.USAGE,
                        new Note("3", "The policy decides otherwise at least once."),
                        Exits.NOT_FOUND,
                        Exits.BUSY,
                        new Note("8", "What is recorded cannot have been decided so, or the ledger cannot be read.")));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        Outcome<ReplayReport> answer = Place.of(arguments, surroundings)
                .then(place -> policy(arguments, surroundings, place)
                        .then(policy -> replay(place, arguments.operand(), policy)));
        return switch (answer) {
            case Outcome.Done<ReplayReport> done ->
                reply.document(
                        exitCode(done.value().outcome()),
                        Json.compact(done.value()),
                        () -> ReplayView.of(done.value(), reply));
            case Outcome.NotDone<ReplayReport> not -> reply.failure(not.failure());
        };
    }

    private static Outcome<Optional<Policy>> policy(Arguments arguments, Surroundings surroundings, Place place) {
        Optional<String> file = arguments.value(POLICY);
        if (file.isEmpty()) {
            return Outcome.done(Optional.empty());
        }
        Path contract = surroundings.directory().resolve(file.get()).normalize();
        return switch (ContractPolicy.read(contract, place.repository())) {
            case Outcome.Done<Policy> policy -> Outcome.done(Optional.of(policy.value()));
            case Outcome.NotDone<Policy> not ->
                Outcome.notDone(new Failure(
                        not.failure().code(),
                        not.failure().message(),
                        not.failure().code() == Code.CONTRACT_NOT_FOUND
                                ? "name one that is there with --policy FILE"
                                : "railiance validate --app " + ShellWord.of(file.get())));
        };
    }

    private static Outcome<ReplayReport> replay(Place place, Optional<String> id, Optional<Policy> policy) {
        try (var engine = PromotionEngine.open(place.ledger())) {
            return engine.query(ledger -> only(id).answer(ledger)
                    .then(promotion -> Replays.replay(promotion, policy).answer(ledger)));
        }
    }

    private static Query<Optional<PromotionId>> only(Optional<String> id) {
        return id.<Query<Optional<PromotionId>>>map(
                        given -> ledger -> Query.status(given).answer(ledger).then(Replay::named))
                .orElse(ledger -> Outcome.done(Optional.empty()));
    }

    private static Outcome<Optional<PromotionId>> named(StatusRow row) {
        return Outcome.done(Optional.of(row.promotion()));
    }

    private static int exitCode(ReplayReport.Outcome outcome) {
        return switch (outcome) {
            case UNCHANGED -> 0;
            case FLIPPED -> Category.REFUSED.exitCode();
            case IMPOSSIBLE -> Category.LEDGER.exitCode();
        };
    }
}
