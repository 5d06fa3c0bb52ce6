package dev.railiance.contract.fault;

/** Text of unknown origin, made fit to be shown: no control characters, no terminal sequences, no surprises in length. */
public final class Shown {

    private static final int LONGEST_VALUE = 60;

    private Shown() {}

    /** A text value in quotes, cut to about 60 characters. */
    public static String quoted(String value) {
        return '"' + cut(value) + '"';
    }

    /** The text, cut to about 60 characters. */
    public static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_VALUE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_VALUE)) + "…";
    }

    /** The text with control, format and other invisible characters escaped as in {@code \u001b}. */
    public static String safe(String text) {
        if (text.codePoints().noneMatch(Shown::hidden)) {
            return text;
        }
        var shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (hidden(point)) {
                shown.append(point > 0xffff ? "\\U%08x".formatted(point) : "\\u%04x".formatted(point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    private static boolean hidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
