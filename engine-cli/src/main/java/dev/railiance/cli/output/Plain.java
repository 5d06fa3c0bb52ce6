package dev.railiance.cli.output;

/** Text of unknown origin without the characters that a terminal obeys. */
public final class Plain {

    private static final String HEX = "0123456789abcdef";

    private Plain() {}

    /** One line: control and format characters are escaped, line breaks too. */
    public static String line(String text) {
        return escaped(text, false);
    }

    /** The same for text of several lines, which stay. */
    public static String lines(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean breaks) {
        StringBuilder plain = null;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean obeyed = obeyed(c) && !(breaks && c == '\n');
            if (obeyed && plain == null) {
                plain = new StringBuilder(text.length() + 16).append(text, 0, at);
            }
            if (obeyed && plain != null) {
                plain.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt((c >> 8) & 15));
                plain.append(HEX.charAt((c >> 4) & 15)).append(HEX.charAt(c & 15));
            } else if (plain != null) {
                plain.append(c);
            }
        }
        return plain == null ? text : plain.toString();
    }

    private static boolean obeyed(char c) {
        if (c < 0x7f) {
            return c < 0x20;
        }
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
