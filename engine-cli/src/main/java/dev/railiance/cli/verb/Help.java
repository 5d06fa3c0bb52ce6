package dev.railiance.cli.verb;

import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Grammar;
import dev.railiance.cli.args.Grammar.Note;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.Format;
import dev.railiance.cli.output.Plain;
import dev.railiance.cli.output.Reply;
import dev.railiance.cli.output.Words;
import dev.railiance.cli.verb.Verbs.Group;
import dev.railiance.contract.fault.Similar;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import java.util.ArrayList;
import java.util.List;

/** Explains the command and its verbs, in at most 80 columns. */
public final class Help implements Verb {

    private static final int WIDTH = 79;
    private static final int TERM = 20;

    @Override
    public Grammar grammar() {
        return new Grammar(
                "help",
                "Explain a verb, or list all of them.",
                "VERB",
                List.of(),
                List.of(new Note("railiance help run", "Everything about run.")),
                List.of(Exits.DONE, Exits.USAGE));
    }

    @Override
    public List<Format> formats() {
        return List.of(Format.TEXT);
    }

    @Override
    public int carryOut(Arguments arguments, Surroundings surroundings, Reply reply) {
        String name = arguments.operand().orElse("");
        if (name.isEmpty()) {
            return reply.text(0, overview());
        }
        Group group = Verbs.group(name);
        if (group != null) {
            return reply.text(0, of(group));
        }
        Verb verb = Verbs.named(name);
        return verb == null ? reply.failure(unknown(name)) : reply.text(0, of(verb.grammar()));
    }

    /** That there is no such verb, and which was probably meant. */
    public static Failure unknown(String name) {
        return unknown(name, Verbs.words(), "railiance help");
    }

    /** The same for the second word of a verb. */
    public static Failure unknown(Group group, String word) {
        return unknown(group.name() + " " + word, group.names(), "railiance help " + group.name());
    }

    private static Failure unknown(String name, List<String> known, String hint) {
        return new Failure(
                Code.USAGE,
                "there is no verb \"" + Plain.line(name.length() > 60 ? name.substring(0, 60) : name) + "\""
                        + Similar.hint(name, known).map(near -> "; " + near).orElse(""),
                hint);
    }

    /** All verbs that share a first word. */
    public static String of(Group group) {
        var text = new StringBuilder("railiance ")
                .append(group.name())
                .append(": ")
                .append(group.about())
                .append('\n');
        section(text, "Usage", List.of(new Note("railiance " + group.name() + " VERB [ARGUMENTS]", "")));
        section(text, "Verbs", group.verbs());
        return text.append("\nrailiance help ")
                .append(group.name())
                .append(" VERB says more about each.\n")
                .toString();
    }

    /** What there is. */
    static String overview() {
        var text = new StringBuilder("railiance: brings an app from a laptop to production in three proven stages.\n");
        section(text, "Usage", List.of(new Note("railiance VERB", "[ARGUMENTS]")));
        section(text, "Verbs", Verbs.ALL);
        section(
                text,
                "Examples",
                List.of(
                        new Note("railiance validate", "Is the contract in railiance/app.toml right?"),
                        new Note("railiance run", "Carry out Stage 1 here."),
                        new Note("railiance status", "Where does it stand, and what comes next?")));
        section(
                text,
                "Exit codes",
                List.of(
                        Exits.DONE,
                        Exits.BUG,
                        Exits.USAGE,
                        Exits.REFUSED,
                        Exits.NOT_FOUND,
                        Exits.BUSY,
                        new Note("6", "A command or a check of the app said no."),
                        new Note("7", "Something could not be checked, or a tool is missing."),
                        Exits.LEDGER));
        return text.append("\nrailiance help VERB says more about each.\n").toString();
    }

    /** All about one verb. */
    public static String of(Grammar grammar) {
        var text = new StringBuilder("railiance ")
                .append(grammar.verb())
                .append(": ")
                .append(Words.folded(grammar.about(), grammar.verb().length() + 12, WIDTH))
                .append('\n');
        section(text, "Usage", List.of(new Note(usage(grammar), "")));
        section(text, "Options", options(grammar));
        section(text, "Examples", grammar.examples());
        section(text, "Exit codes", grammar.exits());
        return text.toString();
    }

    private static String usage(Grammar grammar) {
        return "railiance " + grammar.verb() + (grammar.operand().isEmpty() ? "" : " [" + grammar.operand() + "]")
                + (grammar.options().isEmpty() ? "" : " [OPTIONS]");
    }

    private static List<Note> options(Grammar grammar) {
        var all = new ArrayList<>(grammar.options());
        all.add(Option.HELP);
        var notes = new ArrayList<Note>(all.size());
        for (Option option : all) {
            notes.add(new Note(
                    (option.letter().isEmpty() ? "" : option.letter() + ", ")
                            + option.name()
                            + (option.takesValue() ? " " + option.value() : ""),
                    option.about()));
        }
        return notes;
    }

    private static void section(StringBuilder text, String title, List<Note> notes) {
        text.append('\n').append(title).append(":\n");
        for (Note note : notes) {
            text.append("  ").append(note.term());
            if (!note.about().isEmpty()) {
                // A long term has its explanation on the next line.
                int fill = TERM - note.term().length();
                text.append(fill > 1 ? " ".repeat(fill) : "\n" + " ".repeat(TERM + 2));
                text.append(Words.folded(note.about(), TERM + 2, WIDTH));
            }
            text.append('\n');
        }
    }
}
