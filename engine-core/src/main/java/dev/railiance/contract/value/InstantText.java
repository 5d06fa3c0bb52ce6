package dev.railiance.contract.value;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;

/** A date and time with an offset as TOML writes it: with {@code T} or a space between, in any case. */
public final class InstantText {

    private InstantText() {}

    /** The time, or nothing where the text names no time that there is. */
    public static Optional<OffsetDateTime> parse(String text) {
        try {
            return Optional.of(
                    OffsetDateTime.parse(text.toUpperCase(Locale.ROOT).replace(' ', 'T')));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
