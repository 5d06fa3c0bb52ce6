package dev.railiance.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
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
        return within(Integer.MAX_VALUE);
    }

    /** The same in so many columns of a terminal: of a row that is wider, the last cells are below, beside the first. */
    String within(int columns) {
        int beside = widths[0] + GAP.length();
        var text = new StringBuilder();
        for (String[] cells : rows) {
            var line = new StringBuilder(cells[0]);
            int column = 1;
            int place = beside;
            while (column < cells.length && place + cells[column].length() <= columns) {
                line.append(" ".repeat(place - line.length())).append(cells[column]);
                place += widths[column] + GAP.length();
                column++;
            }
            text.append(line.toString().stripTrailing()).append('\n');
            if (column < cells.length) {
                String rest = String.join(GAP, Arrays.asList(cells).subList(column, cells.length));
                text.append(" ".repeat(beside))
                        .append(Words.folded(rest.strip(), beside, columns))
                        .append('\n');
            }
        }
        return text.toString();
    }
}
