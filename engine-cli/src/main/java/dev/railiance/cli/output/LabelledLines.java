package dev.railiance.cli.output;

/** A text of lines that each begin with a label; long ones are folded beside it. */
public final class LabelledLines {

    private final StringBuilder text = new StringBuilder();
    private final int width;
    private final int columns;

    /**
     * No lines yet.
     *
     * @param width of the labels with the blanks after them
     * @param columns of the terminal
     */
    public LabelledLines(int width, int columns) {
        this.width = width;
        this.columns = columns;
    }

    /** One line, or as many as it takes; a word is never broken. */
    public void line(String label, String value) {
        text.append(Words.padded(label, width))
                .append(Words.folded(Plain.line(value), width, columns))
                .append('\n');
    }

    /** One line, however long: a command that was pasted half would do something else. */
    public void command(String label, String value) {
        text.append(Words.padded(label, width)).append(Plain.line(value)).append('\n');
    }

    void blank() {
        text.append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
