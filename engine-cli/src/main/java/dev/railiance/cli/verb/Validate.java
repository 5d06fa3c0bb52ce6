package dev.railiance.cli.verb;

import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.Format;
import dev.railiance.cli.output.JsonLines;
import dev.railiance.cli.output.Reply;
import dev.railiance.contract.ContractReader;
import dev.railiance.contract.fault.report.AnnotationReport;
import dev.railiance.contract.fault.report.FaultReport;
import dev.railiance.contract.fault.report.JsonReport;
import dev.railiance.contract.fault.report.SarifReport;
import dev.railiance.contract.fault.report.TextReport;
import dev.railiance.failure.Failure.Category;
import dev.railiance.failure.Outcome;
import java.util.List;

/** Checks a contract. */
public final class Validate implements Verb {

    @Override
    public Grammar grammar() {
        return new Grammar(
                "validate",
                "Check a contract and list everything that is wrong with it, each with its place.",
                "",
                List.of(Option.REPOSITORY, Option.CONTRACT, Option.output("text, json, yaml, sarif, github")),
                List.of(
                        new Note("railiance validate", "The contract of this repository."),
                        new Note("railiance validate -o sarif", "For code scanning and editors."),
                        new Note("railiance validate -o github", "Annotations in a build's log.")),
                List.of(
                        new Note("0", "The contract holds; it may have warnings."),
                        new Note("2", "The contract does not hold, or the command line is wrong."),
                        Exits.NOT_FOUND));
    }

    @Override
    public List<Format> formats() {
        return List.of(Format.TEXT, Format.JSON, Format.YAML, Format.SARIF, Format.GITHUB);
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        Outcome<Place> found = Place.of(arguments, surroundings).then(Place::withContract);
        if (found instanceof Outcome.NotDone<Place> not) {
            return reply.failure(not.failure());
        }
        Place place = ((Outcome.Done<Place>) found).value();
        FaultReport report = FaultReport.of(new ContractReader().read(place.contract(), place.repository()));
        int exitCode = report.valid() ? 0 : Category.USAGE.exitCode();
        return switch (reply.format()) {
            case TEXT -> reply.text(exitCode, TextReport.render(report));
            case GITHUB -> reply.text(exitCode, AnnotationReport.render(report));
            case SARIF ->
                reply.text(
                        exitCode,
                        JsonLines.indented(
                                SarifReport.document(report, Version.number()).toString()));
            case JSON, YAML ->
                reply.document(exitCode, JsonReport.document(report).toString(), () -> "");
        };
    }
}
