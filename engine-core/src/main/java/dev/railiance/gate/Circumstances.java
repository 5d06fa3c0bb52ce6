package dev.railiance.gate;

import dev.railiance.gate.Samples.Condition;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a verdict depends on beside the gate and its samples. It is written at the end of the reason, where the ledger keeps it,
 * as in {@code (look 2 of 10, rate 0.05, samples whole)}.
 */
record Circumstances(Look look, Condition condition) {

    private static final Pattern WRITTEN = Pattern.compile(
            "\\(look ([0-9]{1,9}) of ([0-9]{1,9}), rate ([0-9.E-]{1,30}), samples (whole|interrupted|unmatched|unavailable)\\)$");

    String written() {
        return "(look " + look.number() + " of " + look.planned() + ", rate " + look.rate() + ", samples "
                + condition.name().toLowerCase(Locale.ROOT) + ")";
    }

    /** Those that a reason ends with; empty if it was not written by a judge. */
    static Optional<Circumstances> read(String reason) {
        Matcher written = WRITTEN.matcher(reason);
        if (!written.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Circumstances(
                    new Look(
                            Integer.parseInt(written.group(1)),
                            Integer.parseInt(written.group(2)),
                            Double.parseDouble(written.group(3))),
                    Condition.valueOf(written.group(4).toUpperCase(Locale.ROOT))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
