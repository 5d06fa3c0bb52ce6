package dev.railiance.cli.output;

import java.util.Map;

/**
 * What is known about where the output goes.
 *
 * @param out whether a person sees what is printed
 * @param err whether a person sees what is reported beside it
 * @param columns how wide the person's window is
 * @param color whether color may be used
 * @param unicode whether characters beyond ASCII may be used
 * @param redraw whether a line can be taken back
 */
public record Terminal(boolean out, boolean err, int columns, boolean color, boolean unicode, boolean redraw) {

    private static final int USUAL_WIDTH = 80;
    private static final int NARROWEST = 20;

    /** No terminal at all. */
    public static final Terminal NONE = new Terminal(false, false, USUAL_WIDTH, false, false, false);

    /**
     * Reads what the launcher found out, since a JVM cannot ask about each of its streams.
     *
     * @param columns as the launcher gave it, possibly empty
     */
    public static Terminal of(boolean out, boolean err, String columns, Map<String, String> environment) {
        if (!out && !err) {
            return NONE;
        }
        boolean dumb = "dumb".equals(environment.getOrDefault("TERM", "dumb"));
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out, err, width(columns), !dumb && !plain, utf8(environment), !dumb);
    }

    private static int width(String columns) {
        if (columns.isEmpty() || columns.length() > 4 || !columns.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return USUAL_WIDTH;
        }
        int given = Integer.parseInt(columns);
        return given == 0 ? USUAL_WIDTH : Math.max(NARROWEST, given);
    }

    private static boolean utf8(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String locale = environment.getOrDefault(name, "");
            if (!locale.isEmpty()) {
                return locale.endsWith("UTF-8") || locale.endsWith("utf8") || locale.endsWith("UTF8");
            }
        }
        return false;
    }
}
