package dev.railiance.contract.value;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** The contract's way to write a duration: a whole number and one unit, as in {@code 200ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}. */
public final class DurationText {

    /** The longest duration that is taken: a year. More is a slip of the pen, and would overflow sums of nanoseconds. */
    public static final Duration LONGEST = Duration.ofDays(366);

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private DurationText() {}

    /** The duration, or nothing where the text is no duration, negative, or longer than {@link #LONGEST}. */
    public static Optional<Duration> parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(match.group(1));
        Duration duration = switch (match.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
        return duration.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(duration);
    }
}
