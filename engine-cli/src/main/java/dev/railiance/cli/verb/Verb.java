package dev.railiance.cli.verb;

import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.output.Format;
import dev.railiance.cli.output.Reply;
import java.util.List;

/** One thing that the command can be asked to do. */
public interface Verb {

    /** What may be said to it. */
    Grammar grammar();

    /** The forms in which it answers. */
    default List<Format> formats() {
        return List.of(Format.TEXT, Format.JSON, Format.YAML);
    }

    /** Does it, answers, and returns the exit code. */
    int carryOut(Arguments arguments, Surroundings surroundings, Reply reply);
}
