package dev.railiance.cli.output;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times and spans as people read them, made without the formatters, which are slow to load. */
public final class Words {

    private Words() {}

    /** A moment in UTC to the second, in the form of RFC 3339. */
    public static String moment(Instant at) {
        String text = LocalDateTime.ofEpochSecond(at.getEpochSecond(), 0, ZoneOffset.UTC)
                .toString();
        return text.length() == 16 ? text + ":00Z" : text + "Z";
    }

    /** A span: {@code 340 ms}, {@code 1.2 s}, {@code 2 min 03 s}. */
    public static String span(long millis) {
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return millis / 1000 + "." + millis % 1000 / 100 + " s";
        }
        long seconds = millis / 1000;
        return seconds / 60 + (seconds % 60 < 10 ? " min 0" : " min ") + seconds % 60 + " s";
    }

    /** A text, filled with blanks to a width. */
    public static String padded(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    /** A text folded at blanks into lines of at most a width; those after the first are indented. */
    public static String folded(String text, int indent, int width) {
        var lines = new StringBuilder();
        int column = indent;
        for (String word : text.split(" ", -1)) {
            if (column > indent && column + 1 + word.length() > width) {
                lines.append('\n').append(" ".repeat(indent));
                column = indent;
            } else if (column > indent) {
                lines.append(' ');
                column++;
            }
            lines.append(word);
            column += word.length();
        }
        return lines.toString();
    }
}
