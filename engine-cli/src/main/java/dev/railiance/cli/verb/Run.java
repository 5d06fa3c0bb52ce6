package dev.railiance.cli.verb;

import dev.railiance.EngineSettings;
import dev.railiance.PromotionEngine;
import dev.railiance.RunRequest;
import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.JsonLines;
import dev.railiance.cli.output.Progress;
import dev.railiance.cli.output.Reply;
import dev.railiance.cli.output.ResultFile;
import dev.railiance.cli.output.RunView;
import dev.railiance.document.Json;
import dev.railiance.failure.Failure.Category;
import dev.railiance.failure.Outcome;
import dev.railiance.helm.HelmChartRenderer;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.projection.RunResult;
import dev.railiance.stage1.ValidationListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Carries out Stage 1. */
public final class Run implements Verb {

    private static final Option RESULT =
            new Option("--result", "", "FILE", "Write the result there as well, as JSON; whole or not at all.");
    private static final Option QUIET =
            new Option("--quiet", "-q", "", "Show neither progress nor what commands print.");

    @Override
    public Grammar grammar() {
        return new Grammar(
                "run",
                "Carry out Stage 1 of a repository: run the commands, start the target, check it, keep the evidence, and"
                        + " record what came of it. What commands print goes to stderr.",
                "",
                List.of(
                        Option.REPOSITORY,
                        Option.CONTRACT,
                        Option.LEDGER,
                        RESULT,
                        QUIET,
                        Option.output("text, json, yaml")),
                List.of(
                        new Note("railiance run", "Stage 1 of this repository."),
                        new Note("railiance run --repo ../shop --result run.json", "Of another, with the result kept."),
                        new Note("railiance run -q -o json | jq .outcome", "In a script.")),
                List.of(
                        new Note("0", "Passed."),
                        Exits.USAGE,
                        Exits.REFUSED,
                        Exits.NOT_FOUND,
                        Exits.BUSY,
                        new Note("6", "Failed: a command or a check said no."),
                        new Note("7", "Errored: something could not be checked."),
                        Exits.LEDGER,
                        new Note("130, 143", "Stopped by Ctrl-C or SIGTERM; recorded as errored.")));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        Outcome<Place> found = Place.of(arguments, surroundings).then(Place::withContract);
        if (found instanceof Outcome.NotDone<Place> not) {
            return reply.failure(not.failure());
        }
        Optional<Path> file = arguments.value(RESULT).map(surroundings.directory()::resolve);
        // From here on nobody can take the result of an earlier run for that of this one.
        Outcome<Optional<ResultFile>> writable = file.isEmpty()
                ? Outcome.done(Optional.empty())
                : ResultFile.at(file.get()).then(ResultFile::emptied).then(is -> Outcome.done(Optional.of(is)));
        return switch (writable) {
            case Outcome.NotDone<Optional<ResultFile>> not -> reply.failure(not.failure());
            case Outcome.Done<Optional<ResultFile>> done ->
                run(((Outcome.Done<Place>) found).value(), done.value(), arguments.has(QUIET), surroundings, reply);
        };
    }

    private static int run(
            Place place, Optional<ResultFile> file, boolean quiet, Surroundings surroundings, Reply reply) {
        var cancellation = new Cancellation();
        try (var interruption = new Interruption(cancellation)) {
            return answer(outcome(place, quiet, cancellation, surroundings), file, reply);
        }
    }

    private static Outcome<RunResult> outcome(
            Place place, boolean quiet, Cancellation cancellation, Surroundings surroundings) {
        try (var engine = PromotionEngine.open(EngineSettings.of(place.ledger()).withCharts(HelmChartRenderer::new))) {
            if (quiet) {
                return engine.run(new RunRequest(
                        place.repository(), place.contract(), cancellation, ValidationListener.NONE, OutputSink.NONE));
            }
            try (var progress = new Progress(surroundings.err(), surroundings.terminal())) {
                return engine.run(
                        new RunRequest(place.repository(), place.contract(), cancellation, progress, progress));
            }
        }
    }

    private static int answer(Outcome<RunResult> outcome, Optional<ResultFile> file, Reply reply) {
        return switch (outcome) {
            case Outcome.NotDone<RunResult> not -> reply.failure(not.failure());
            case Outcome.Done<RunResult> done -> answer(done.value(), file, reply);
        };
    }

    private static int answer(RunResult result, Optional<ResultFile> file, Reply reply) {
        String json = Json.compact(result);
        int exitCode = exitCode(result.outcome());
        if (file.isPresent() && file.get().write(JsonLines.indented(json)) instanceof Outcome.NotDone<ResultFile> not) {
            // The answer is still the result: it is the one document on the output.
            reply.note("railiance: " + not.failure().message() + "\n");
            exitCode = exitCode == 0 ? not.failure().code().category().exitCode() : exitCode;
        }
        return reply.document(exitCode, json, () -> RunView.of(result, reply));
    }

    private static int exitCode(String outcome) {
        return switch (outcome) {
            case "passed" -> 0;
            case "failed" -> Category.WORKLOAD.exitCode();
            default -> Category.TOOL.exitCode();
        };
    }
}
