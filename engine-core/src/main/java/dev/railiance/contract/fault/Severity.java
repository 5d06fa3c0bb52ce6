package dev.railiance.contract.fault;

import java.util.Locale;

/** How bad a fault is. */
public enum Severity {
    /** The contract is refused. */
    ERROR,
    /** The contract is valid, but somebody should look. */
    WARNING;

    /** As documents write it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
