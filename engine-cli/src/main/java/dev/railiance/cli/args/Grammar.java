package dev.railiance.cli.args;

import java.util.List;

/**
 * What may be said to a verb.
 *
 * @param verb its name
 * @param about one sentence
 * @param operand what the word after the verb is called; empty for a verb that takes none
 * @param options all of them, {@link Option#HELP} excepted
 * @param examples command lines, each with what it is for
 * @param exits the exit codes that its caller has to know
 */
public record Grammar(
        String verb, String about, String operand, List<Option> options, List<Note> examples, List<Note> exits) {

    /** A term and what is to be said about it. */
    public record Note(String term, String about) {}
}
