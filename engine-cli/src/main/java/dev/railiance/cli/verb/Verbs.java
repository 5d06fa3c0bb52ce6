package dev.railiance.cli.verb;

import dev.railiance.cli.args.Grammar.Note;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All verbs. Only the one that is asked for is made. */
public final class Verbs {

    /** Their names in the order of the help, and what each is for. */
    static final List<Note> ALL = List.of(
            new Note("run", "Carry out Stage 1 of a repository and record what came of it."),
            new Note("validate", "Check a contract and list everything that is wrong with it."),
            new Note("status", "Say where a promotion stands and what to do next."),
            new Note("history", "List everything that happened to a promotion."),
            new Note("explain", "Say why a promotion came to where it stands, and what stands in its way."),
            new Note("replay", "Decide history again, as it is recorded or under other rules."),
            new Note("stats", "Measure delivery: frequency, lead time, failures, restoration."),
            new Note("schema", "Print a published JSON Schema, or the names of all."),
            new Note("version", "Say which Railiance this is."),
            new Note("help", "Explain a verb."));

    private Verbs() {}

    /** The verb of this name, or null. */
    public static @Nullable Verb named(String name) {
        return switch (name) {
            case "run" -> new Run();
            case "validate" -> new Validate();
            case "status" -> new Status();
            case "history" -> new History();
            case "explain" -> new Explain();
            case "replay" -> new Replay();
            case "stats" -> new Stats();
            case "schema" -> new PrintSchema();
            case "version" -> new Version();
            case "help" -> new Help();
            default -> null;
        };
    }

    /** Their names. */
    public static List<String> names() {
        return ALL.stream().map(Note::term).toList();
    }
}
