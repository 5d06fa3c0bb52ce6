package dev.railiance.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Columns, as wide as they need to be. */
final class Table {

    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();
    private final int[] widths;

    Table(String... titles) {
        this.widths = new int[titles.length];
        row(titles);
    }

    void row(String... cells) {
        for (int column = 0; column < cells.length; column++) {
            cells[column] = Plain.line(cells[column]);
            widths[column] = Math.max(widths[column], cells[column].length());
        }
        rows.add(cells);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (String[] cells : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < cells.length; column++) {
                line.append(Words.padded(cells[column], widths[column])).append(GAP);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
