package dev.railiance.contract.fault.report;

import dev.railiance.contract.fault.Fault;

/** A fault on one line, for forms that have a single text for it. */
final class Sentence {

    private Sentence() {}

    static String of(Fault fault) {
        return fault.message()
                + fault.found().map(found -> ": found " + found).orElse("")
                + fault.expected().map(expected -> "; expected " + expected).orElse("")
                + fault.suggestion().map(suggestion -> " (" + suggestion + ")").orElse("");
    }
}
