package dev.railiance.cli.args;

import dev.railiance.contract.fault.Shown;
import dev.railiance.contract.fault.Similar;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what follows a verb. Goes on after a mistake, so that the answer to it has the form that was asked for. */
public final class ArgumentReader {

    private static final Pattern CREDENTIALS = Pattern.compile("//[^/?#]*@");

    private final Grammar grammar;
    private final Map<String, String> values = new HashMap<>();
    private @Nullable String operand;
    private @Nullable Failure mistake;
    private boolean onlyOperands;

    private ArgumentReader(Grammar grammar) {
        this.grammar = grammar;
    }

    /**
     * What was read.
     *
     * @param arguments all that could be understood
     * @param mistake the first thing that could not
     */
    public record Reading(Arguments arguments, Optional<Failure> mistake) {}

    /** Reads the words after the verb. */
    public static Reading read(Grammar grammar, List<String> words) {
        var reader = new ArgumentReader(grammar);
        for (int at = 0; at < words.size(); ) {
            at += reader.take(words, at);
        }
        return new Reading(new Arguments(reader.values, reader.operand), Optional.ofNullable(reader.mistake));
    }

    /** Takes the word at a place and its value, and says how many words that were. */
    private int take(List<String> words, int at) {
        String word = words.get(at);
        if (onlyOperands || !word.startsWith("-") || word.equals("-")) {
            operand(word);
            return 1;
        }
        if (word.equals("--")) {
            onlyOperands = true;
            return 1;
        }
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        String name = equals < 0 ? word : word.substring(0, equals);
        Option option = option(name);
        if (option != null) {
            return value(option, name, equals < 0 ? null : word.substring(equals + 1), words, at);
        }
        Option attached = name.length() > 2 && !name.startsWith("--") ? option(name.substring(0, 2)) : null;
        if (attached != null && attached.takesValue()) {
            return value(attached, attached.letter(), word.substring(2), words, at);
        }
        mistaken(unknown(name));
        return 1;
    }

    private int value(Option option, String written, @Nullable String attached, List<String> words, int at) {
        boolean next = attached == null && option.takesValue();
        if (next && at + 1 == words.size()) {
            mistaken(written + " wants a value: " + written + " " + option.value());
            return 1;
        }
        if (attached != null && !option.takesValue()) {
            mistaken(written + " takes no value");
        } else if (values.put(option.name(), next ? words.get(at + 1) : attached == null ? "" : attached) != null) {
            mistaken(option.name() + " is given more than once");
        }
        return next ? 2 : 1;
    }

    private void operand(String word) {
        if (grammar.operand().isEmpty()) {
            mistaken("railiance " + grammar.verb() + " takes no " + shown(word) + similar(word, names()));
        } else if (operand != null) {
            mistaken("railiance " + grammar.verb() + " takes one " + grammar.operand() + ", and " + shown(word)
                    + " is another");
        } else {
            operand = word;
        }
    }

    private @Nullable Option option(String written) {
        for (Option option : grammar.options()) {
            if (written.equals(option.name()) || written.equals(option.letter())) {
                return option;
            }
        }
        return written.equals(Option.HELP.name()) || written.equals(Option.HELP.letter()) ? Option.HELP : null;
    }

    private String unknown(String name) {
        return "railiance " + grammar.verb() + " has no option " + shown(name) + similar(name, names());
    }

    private List<String> names() {
        var names = new ArrayList<String>();
        grammar.options().forEach(option -> names.add(option.name()));
        names.add(Option.HELP.name());
        return names;
    }

    private void mistaken(String message) {
        if (mistake == null) {
            mistake = new Failure(Code.USAGE, message, "railiance help " + grammar.verb());
        }
    }

    /** An address without who logs in there: the word after it may be his password. */
    private static String shown(String word) {
        return Shown.quoted(Shown.safe(CREDENTIALS.matcher(word).replaceAll("//")));
    }

    private static String similar(String word, List<String> names) {
        return Similar.hint(word, names).map(hint -> "; " + hint).orElse("");
    }
}
