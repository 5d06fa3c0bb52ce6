package dev.railiance.contract.value;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A window that returns every week, in the local time of a zone. It may span the week's end: from Friday to Monday.
 *
 * @param from included
 * @param to excluded, not equal to {@code from}
 */
public record WeeklyWindow(WeekTime from, WeekTime to, ZoneId zone) {

    public WeeklyWindow {
        if (from.equals(to)) {
            throw new IllegalArgumentException("a weekly window that ends where it begins is empty");
        }
    }

    /** Whether the instant lies in the window, by the wall clock of its zone. */
    public boolean contains(Instant instant) {
        ZonedDateTime local = instant.atZone(zone);
        long now = new WeekTime(local.getDayOfWeek(), local.toLocalTime()).nanoOfWeek();
        long start = from.nanoOfWeek();
        long end = to.nanoOfWeek();
        return start < end ? now >= start && now < end : now >= start || now < end;
    }

    /** A day of the week and a time of day. */
    public record WeekTime(DayOfWeek day, LocalTime time) {

        private static final Pattern FORM =
                Pattern.compile("(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (([01]\\d|2[0-3]):[0-5]\\d)");
        private static final String DAYS = "montuewedthufrisatsun";

        /** The time written as {@code Fri 16:00}, or nothing where the text is not of that form. */
        public static Optional<WeekTime> parse(String text) {
            var match = FORM.matcher(text);
            if (!match.matches()) {
                return Optional.empty();
            }
            int day = DAYS.indexOf(match.group(1).toLowerCase(Locale.ROOT)) / 3 + 1;
            return Optional.of(new WeekTime(DayOfWeek.of(day), LocalTime.parse(match.group(2))));
        }

        long nanoOfWeek() {
            return (day.getValue() - 1) * 86_400_000_000_000L + time.toNanoOfDay();
        }
    }
}
