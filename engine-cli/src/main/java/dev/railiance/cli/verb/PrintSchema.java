package dev.railiance.cli.verb;

import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.JsonLines;
import dev.railiance.cli.output.Plain;
import dev.railiance.cli.output.Reply;
import dev.railiance.contract.fault.Similar;
import dev.railiance.contract.schema.SchemaCatalog;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints the published schemas. */
public final class PrintSchema implements Verb {

    @Override
    public Grammar grammar() {
        return new Grammar(
                "schema",
                "Print a JSON Schema: of the contract, or of a document that Railiance prints. Without NAME, list all.",
                "NAME",
                List.of(Option.output("text, json, yaml")),
                List.of(
                        new Note("railiance schema", "The names of all schemas."),
                        new Note("railiance schema railiance-app", "The contract's schema, for an editor.")),
                List.of(Exits.DONE, Exits.USAGE, Exits.NOT_FOUND));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        var catalog = new SchemaCatalog();
        if (arguments.operand().isEmpty()) {
            List<String> names = catalog.names();
            return reply.document(0, list(names), () -> names.stream().collect(Collectors.joining("\n", "", "\n")));
        }
        String name = arguments.operand().get();
        Optional<String> schema = catalog.text(name);
        if (schema.isEmpty()) {
            return reply.failure(unknown(name, catalog.names()));
        }
        return reply.document(0, schema.get(), schema::get);
    }

    private static String list(List<String> names) {
        return names.stream()
                .map(JsonLines::quoted)
                .collect(Collectors.joining(",", "{\"schema\":\"railiance.schema-list.v1\",\"schemas\":[", "]}"));
    }

    private static Failure unknown(String name, List<String> names) {
        return new Failure(
                Code.SCHEMA_NOT_FOUND,
                "there is no schema \"" + Plain.line(name.length() > 60 ? name.substring(0, 60) : name) + "\""
                        + Similar.hint(name, names).map(hint -> "; " + hint).orElse(""),
                "railiance schema");
    }
}
