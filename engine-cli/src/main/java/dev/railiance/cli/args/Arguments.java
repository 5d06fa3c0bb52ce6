package dev.railiance.cli.args;

import dev.railiance.ledger.LedgerLocation;
import dev.railiance.process.ShellWord;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was said to a verb. */
public final class Arguments {

    private final Map<String, String> values;
    private final @Nullable String operand;

    Arguments(Map<String, String> values, @Nullable String operand) {
        this.values = values;
        this.operand = operand;
    }

    /** Whether an option was given. */
    public boolean has(Option option) {
        return values.containsKey(option.name());
    }

    /** The value of an option, where it was given. */
    public Optional<String> value(Option option) {
        return Optional.ofNullable(values.get(option.name()));
    }

    /** The value of an option by its full name. */
    public Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }

    /**
     * A command for people with the repository, contract and ledger that they named, so that it means the same place. A
     * ledger's value is repeated only where it names an embedded one: another may hold a password.
     */
    public String runnable(String command) {
        boolean deploys = command.startsWith("railiance deploy");
        if (deploys || command.startsWith("railiance run") || command.startsWith("railiance validate")) {
            String ledger = command.startsWith("railiance validate") ? "" : given(Option.LEDGER);
            String context = deploys && !command.contains(Option.CONTEXT.name()) ? given(Option.CONTEXT) : "";
            return command + given(Option.REPOSITORY) + given(Option.CONTRACT) + ledger + context;
        }
        boolean stage3 = command.startsWith("railiance promote") || command.startsWith("railiance rollback");
        if (stage3 || command.startsWith("railiance abort") || command.startsWith("railiance observe")) {
            String contract = stage3 ? given(Option.CONTRACT) : "";
            return command + given(Option.REPOSITORY) + contract + given(Option.LEDGER) + given(Option.CONTEXT);
        }
        boolean asksLedger = command.startsWith("railiance status")
                || command.startsWith("railiance history")
                || command.startsWith("railiance explain")
                || command.startsWith("railiance replay")
                || command.startsWith("railiance approv")
                || command.startsWith("railiance audit");
        return asksLedger ? command + given(Option.REPOSITORY) + given(Option.LEDGER) : command;
    }

    private String given(Option option) {
        String value = values.get(option.name());
        if (value == null || (option.equals(Option.LEDGER) && !embedded(value))) {
            return "";
        }
        return " " + option.name() + " " + ShellWord.of(value);
    }

    private static boolean embedded(String ledger) {
        try {
            LedgerLocation.Embedded.parse(ledger);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The word after the verb, where there was one. */
    public Optional<String> operand() {
        return Optional.ofNullable(operand);
    }
}
