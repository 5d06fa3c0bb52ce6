package dev.railiance.cli.args;

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

    /** The word after the verb, where there was one. */
    public Optional<String> operand() {
        return Optional.ofNullable(operand);
    }
}
