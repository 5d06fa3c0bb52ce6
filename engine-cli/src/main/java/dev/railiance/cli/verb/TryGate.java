package dev.railiance.cli.verb;

import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.GateView;
import dev.railiance.cli.output.Reply;
import dev.railiance.contract.Contract;
import dev.railiance.contract.ContractReader;
import dev.railiance.document.Json;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Category;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.gate.file.GateTry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Judges recorded samples by a gate of the contract. */
public final class TryGate implements Verb {

    private static final Option BASELINE =
            new Option("--baseline", "", "FILE", "Samples of the stable version; exactly for a compare gate.");
    private static final Option CANARY = new Option("--canary", "", "FILE", "Samples of the canary.");
    private static final Option LOOKS = new Option(
            "--looks", "", "N", "How many looks are planned: they share the false-positive rate of 5 %. Default: 1.");
    private static final int MOST_LOOKS = 10_000;

    @Override
    public Grammar grammar() {
        return new Grammar(
                "gate try",
                "Judge recorded samples by the contract's gate GATE, with the judges of a real rollout, offline. A FILE is a"
                        + " JSON array of numbers or Prometheus' response to a range query.",
                "GATE",
                List.of(BASELINE, CANARY, LOOKS, Option.REPOSITORY, Option.CONTRACT, Option.output("text, json, yaml")),
                List.of(
                        new Note(
                                "railiance gate try latency --baseline old.json --canary new.json",
                                "Would this canary have passed?"),
                        new Note("railiance gate try errors --canary new.json", "The same for a metric gate.")),
                List.of(
                        new Note("0", "The gate passes."),
                        Exits.USAGE,
                        new Note("3", "The gate holds: the samples do not decide it."),
                        new Note("4", "There is no such repository, contract or gate."),
                        new Note("6", "The gate fails.")));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        Outcome<GateTry> answer = Place.of(arguments, surroundings)
                .then(Place::withContract)
                .then(place -> judged(arguments, surroundings, place));
        return switch (answer) {
            case Outcome.NotDone<GateTry> not -> reply.failure(not.failure());
            case Outcome.Done<GateTry> done ->
                reply.document(
                        exitCode(done.value().verdict()),
                        Json.compact(done.value()),
                        () -> GateView.of(done.value(), reply));
        };
    }

    private static Outcome<GateTry> judged(Arguments arguments, Surroundings surroundings, Place place) {
        Optional<String> gate = arguments.operand();
        if (gate.isEmpty() || !arguments.has(CANARY)) {
            return Outcome.notDone(usage("name a gate and samples: railiance gate try GATE --canary FILE"));
        }
        Optional<Integer> looks = looks(arguments.value(LOOKS).orElse("1"));
        if (looks.isEmpty()) {
            return Outcome.notDone(usage(LOOKS.name() + " takes a whole number from 1 to " + MOST_LOOKS));
        }
        return switch (new ContractReader().read(place.contract(), place.repository())) {
            case Contract.Invalid invalid ->
                Outcome.notDone(
                        new Failure(Code.CONTRACT_INVALID, invalid.file() + " does not hold", "railiance validate"));
            case Contract.Valid valid ->
                Place.path(arguments, BASELINE, surroundings)
                        .then(baseline -> Place.path(arguments, CANARY, surroundings)
                                .then(canary -> GateTry.of(
                                        valid.contract(),
                                        gate.get(),
                                        baseline,
                                        canary.orElse(Path.of("")),
                                        looks.get())));
        };
    }

    private static Optional<Integer> looks(String given) {
        try {
            return Optional.of(Integer.parseInt(given)).filter(looks -> looks >= 1 && looks <= MOST_LOOKS);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Failure usage(String message) {
        return new Failure(Code.USAGE, message, "railiance help gate try");
    }

    private static int exitCode(String verdict) {
        return switch (verdict) {
            case "pass" -> 0;
            case "fail" -> Category.WORKLOAD.exitCode();
            default -> Category.REFUSED.exitCode();
        };
    }
}
