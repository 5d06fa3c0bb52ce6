package dev.railiance.cli.output;

/** JSON as text, without a library: those who only print a document that is ready need not load one. */
public final class JsonLines {

    private static final String HEX = "0123456789abcdef";

    private JsonLines() {}

    /** A text as a JSON string, with its quotes. */
    public static String quoted(String text) {
        var json = new StringBuilder(text.length() + 2).append('"');
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c == '\n') {
                json.append("\\n");
            } else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || (Character.isSurrogate(c) && !paired(text, at))) {
                json.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt((c >> 8) & 15));
                json.append(HEX.charAt((c >> 4) & 15)).append(HEX.charAt(c & 15));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    private static boolean paired(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }

    /** A JSON text on lines of its own, indented by two, with a line feed at the end; what it says stays the same. */
    public static String indented(String json) {
        var lines = new StringBuilder(json.length() * 2);
        int depth = 0;
        boolean quoted = false;
        for (int at = 0; at < json.length(); at++) {
            char c = json.charAt(at);
            if (quoted) {
                lines.append(c);
                if (c == '\\') {
                    lines.append(json.charAt(++at));
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
                lines.append(c);
            } else if (c == '{' || c == '[') {
                char close = next(json, at + 1);
                lines.append(c);
                if (close == '}' || close == ']') {
                    lines.append(close);
                    at = json.indexOf(close, at);
                } else {
                    line(lines, ++depth);
                }
            } else if (c == '}' || c == ']') {
                line(lines, --depth);
                lines.append(c);
            } else if (c == ',') {
                lines.append(c);
                line(lines, depth);
            } else if (c == ':') {
                lines.append(": ");
            } else if (c > ' ') {
                lines.append(c);
            }
        }
        return lines.append('\n').toString();
    }

    private static char next(String json, int from) {
        int at = from;
        while (at < json.length() - 1 && json.charAt(at) <= ' ') {
            at++;
        }
        return at < json.length() ? json.charAt(at) : ' ';
    }

    private static void line(StringBuilder lines, int depth) {
        lines.append('\n');
        for (int i = 0; i < depth; i++) {
            lines.append("  ");
        }
    }
}
