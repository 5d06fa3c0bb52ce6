package dev.railiance.cli;

import dev.railiance.cli.args.ArgumentReader;
import dev.railiance.cli.args.ArgumentReader.Reading;
import dev.railiance.cli.args.Option;
import dev.railiance.cli.output.Format;
import dev.railiance.cli.output.Plain;
import dev.railiance.cli.output.Reply;
import dev.railiance.cli.verb.Help;
import dev.railiance.cli.verb.Surroundings;
import dev.railiance.cli.verb.Verb;
import dev.railiance.cli.verb.Verbs;
import dev.railiance.cli.verb.Verbs.Group;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One command line, from its words to its exit code. */
final class Invocation {

    private static final String DEBUG = "RAILIANCE_DEBUG";

    private Invocation() {}

    static int carryOut(String[] words, Surroundings surroundings) {
        if (words.length == 0 || words[0].equals("-h") || words[0].equals("--help")) {
            return verb(new Help(), List.of(), surroundings);
        }
        List<String> rest = Arrays.asList(words).subList(1, words.length);
        Group group = Verbs.group(words[0]);
        if (group != null) {
            return group(group, rest, surroundings);
        }
        if (words[0].equals("help") && rest.size() > 1 && Verbs.group(rest.getFirst()) != null) {
            return verb(new Help(), joined(rest), surroundings);
        }
        Verb verb = Verbs.named(words[0].equals("--version") ? "version" : words[0]);
        return verb == null
                ? noVerb(words[0], rest, surroundings, Help.unknown(words[0]))
                : verb(verb, rest, surroundings);
    }

    /** A verb of two words; the first one alone lists them. */
    private static int group(Group group, List<String> words, Surroundings surroundings) {
        String second = words.isEmpty() ? Option.HELP.name() : words.getFirst();
        if (second.equals(Option.HELP.name()) || second.equals(Option.HELP.letter())) {
            return reply(surroundings, Format.TEXT).text(0, Help.of(group));
        }
        Verb verb = Verbs.named(group.name() + " " + second);
        List<String> rest = words.subList(1, words.size());
        return verb == null
                ? noVerb(second, rest, surroundings, Help.unknown(group, second))
                : verb(verb, rest, surroundings);
    }

    /** The first two words of {@code audit verify} as one, unless the second is an option. */
    private static List<String> joined(List<String> words) {
        if (words.get(1).startsWith("-")) {
            return words;
        }
        var joined = new ArrayList<String>(words.subList(1, words.size()));
        joined.set(0, words.getFirst() + " " + words.get(1));
        return joined;
    }

    private static int verb(Verb verb, List<String> words, Surroundings surroundings) {
        Reading reading = ArgumentReader.read(verb.grammar(), words);
        String given = reading.arguments().value("--output").orElse(null);
        Format format = given == null ? usual(verb.formats(), surroundings) : Format.of(given);
        if (reading.arguments().has(Option.HELP)) {
            return reply(surroundings, Format.TEXT).text(0, Help.of(verb.grammar()));
        }
        if (format == null || !verb.formats().contains(format)) {
            return reply(surroundings, usual(verb.formats(), surroundings)).failure(noFormat(verb));
        }
        Reply reply = reply(surroundings, format);
        if (reading.mistake().isPresent()) {
            return reply.failure(reading.mistake().get());
        }
        return guarded(verb, reading, surroundings, reply.about(reading.arguments()::runnable));
    }

    /** A fault of this program ends in a failure like any other, without a word that might be somebody's secret. */
    private static int guarded(Verb verb, Reading reading, Surroundings surroundings, Reply reply) {
        try {
            return verb.carryOut(reading.arguments(), surroundings, reply);
        } catch (RuntimeException | Error fault) {
            if ("1".equals(surroundings.environment().get(DEBUG))) {
                var trace = new StringWriter();
                fault.printStackTrace(new PrintWriter(trace));
                reply.note(trace.toString());
            }
            return reply.failure(new Failure(
                    Code.INTERNAL,
                    "a fault in Railiance: " + fault.getClass().getName() + place(fault),
                    "report it; " + DEBUG + "=1 shows where it happened"));
        }
    }

    private static String place(Throwable fault) {
        for (StackTraceElement frame : fault.getStackTrace()) {
            if (frame.getClassName().startsWith("dev.railiance.")) {
                return " at " + frame.getClassName() + ":" + frame.getLineNumber();
            }
        }
        return "";
    }

    private static int noVerb(String word, List<String> rest, Surroundings surroundings, Failure unknown) {
        Format format = usual(List.of(Format.TEXT, Format.JSON), surroundings);
        for (int at = 0; at < rest.size(); at++) {
            Format asked = asked(rest, at);
            format = asked == null ? format : asked;
        }
        boolean option = word.startsWith("-");
        return reply(surroundings, format)
                .failure(
                        option
                                ? new Failure(
                                        Code.USAGE,
                                        "\"" + Plain.line(word.length() > 60 ? word.substring(0, 60) : word)
                                                + "\" is no verb; options come after the verb",
                                        "railiance help")
                                : unknown);
    }

    private static @Nullable Format asked(List<String> words, int at) {
        String word = words.get(at);
        if ((word.equals("-o") || word.equals("--output")) && at + 1 < words.size()) {
            return Format.of(words.get(at + 1));
        }
        return word.startsWith("--output=") ? Format.of(word.substring("--output=".length())) : null;
    }

    private static Failure noFormat(Verb verb) {
        var names = new StringBuilder();
        verb.formats()
                .forEach(format -> names.append(names.isEmpty() ? "" : ", ").append(format.id()));
        return new Failure(
                Code.USAGE,
                "railiance " + verb.grammar().verb() + " answers with --output " + names,
                "railiance help " + verb.grammar().verb());
    }

    private static Format usual(List<Format> formats, Surroundings surroundings) {
        return surroundings.terminal().out() || !formats.contains(Format.JSON) ? Format.TEXT : Format.JSON;
    }

    private static Reply reply(Surroundings surroundings, Format format) {
        return new Reply(surroundings.out(), surroundings.err(), surroundings.terminal(), format);
    }
}
