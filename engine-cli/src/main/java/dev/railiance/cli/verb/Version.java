package dev.railiance.cli.verb;

import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.JsonLines;
import dev.railiance.cli.output.Reply;
import java.util.List;

/** Says which version this is. */
public final class Version implements Verb {

    @Override
    public Grammar grammar() {
        return new Grammar(
                "version",
                "Say which Railiance this is, and on which Java it runs.",
                "",
                List.of(Option.output("text, json, yaml")),
                List.of(
                        new Note("railiance version", "The version, for a person."),
                        new Note("railiance --version", "The same, always as one line of text.")),
                List.of(Exits.DONE));
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        return reply.document(0, json(), Version::text);
    }

    /** As a document. */
    public static String json() {
        return "{\"schema\":\"railiance.version.v1\",\"version\":" + JsonLines.quoted(number()) + ",\"java\":"
                + JsonLines.quoted(System.getProperty("java.version", "unknown")) + "}";
    }

    /** As a line. */
    public static String text() {
        return "railiance " + number() + "\n";
    }

    /** The number alone. */
    static String number() {
        String packaged = Version.class.getPackage().getImplementationVersion();
        return packaged == null ? "development" : packaged;
    }
}
