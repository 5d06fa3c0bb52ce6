package dev.railiance.cli.args;

/**
 * Something that may be set on a command line.
 *
 * @param name in full, with its dashes
 * @param letter the short form, {@code -} and one letter; empty where there is none
 * @param value what its value is called in the help; empty for one that takes none
 * @param about what it does, for the help
 */
public record Option(String name, String letter, String value, String about) {

    public static final Option HELP = new Option("--help", "-h", "", "Say what this command does and how.");
    public static final Option REPOSITORY = new Option(
            "--repo",
            "",
            "DIR",
            "The repository. Default: the current directory, or the nearest one above it that has railiance/app.toml.");
    public static final Option CONTRACT =
            new Option("--app", "", "FILE", "The contract. Default: railiance/app.toml in the repository.");
    public static final Option LEDGER = new Option(
            "--ledger",
            "",
            "URL",
            "The ledger: a directory, or jdbc:h2:file:DIRECTORY. Default: RAILIANCE_LEDGER or RAILIANCE_LEDGER_FILE, else .railiance in the repository.");

    public static final Option APPLY = new Option("--apply", "", "", "Do it. Without this it is only said.");
    public static final Option CONTEXT =
            new Option("--context", "", "NAME", "The kubeconfig's context. Default: its current one.");

    /** The form of the answer, of those named. */
    public static Option output(String forms) {
        return new Option(
                "--output",
                "-o",
                "FORMAT",
                forms + ". Default: text on a terminal, json where the output goes elsewhere.");
    }

    /** Whether it takes a value. */
    public boolean takesValue() {
        return !value.isEmpty();
    }
}
