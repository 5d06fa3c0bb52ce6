package dev.railiance.contract.fault;

/**
 * A place in a text.
 *
 * @param line counted from 1
 * @param column counted from 1, in characters (Unicode code points), without a byte order mark
 */
public record Position(int line, int column) implements Comparable<Position> {

    /** The beginning of the text; also stands for the file as a whole. */
    public static final Position START = new Position(1, 1);

    @Override
    public int compareTo(Position other) {
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }
}
