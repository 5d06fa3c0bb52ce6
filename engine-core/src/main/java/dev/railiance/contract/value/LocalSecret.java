package dev.railiance.contract.value;

import java.util.Optional;

/** Where the engine itself finds a secret when it needs one. The place is no secret. */
public sealed interface LocalSecret {

    /** A variable of the environment: {@code env:NAME}. */
    record Environment(String variable) implements LocalSecret {
        @Override
        public String toString() {
            return ENVIRONMENT + variable;
        }
    }

    /** A file of this machine that holds nothing else: {@code file:/PATH}. */
    record File(String path) implements LocalSecret {
        @Override
        public String toString() {
            return FILE + path;
        }
    }

    /** The place that the text names, or nothing where it names none. */
    static Optional<LocalSecret> parse(String text) {
        if (text.startsWith(ENVIRONMENT)) {
            String variable = text.substring(ENVIRONMENT.length());
            return SecretLocation.VARIABLE.matcher(variable).matches()
                    ? Optional.of(new Environment(variable))
                    : Optional.empty();
        }
        return text.startsWith(FILE + "/") ? Optional.of(new File(text.substring(FILE.length()))) : Optional.empty();
    }

    /** What the place of a variable begins with. */
    String ENVIRONMENT = "env:";

    /** What the place of a file begins with. */
    String FILE = "file:";
}
