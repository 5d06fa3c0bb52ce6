package dev.railiance.ledger.jdbc;

import dev.railiance.ledger.StoredEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/** Reads a ledger from one position to its end, a page at a time: drivers hold what one query finds in memory. */
public final class Paging {

    /** Small payloads of one page lie in memory together; the stores see to it that the large ones are fetched one by one. */
    private static final int PAGE = 500;

    private final PreparedStatement select;
    private final Row row;
    private long position;

    private Paging(PreparedStatement select, Row row, long afterPosition) {
        this.select = select;
        this.row = row;
        this.position = afterPosition;
    }

    /** Makes an event of a row. */
    @FunctionalInterface
    public interface Row {
        StoredEvent event(ResultSet rows) throws SQLException;
    }

    /**
     * Hands every event after a position to {@code reader}. From the second page on, rows are read in another thread while the
     * reader is at work; the connection is free again when this ends.
     *
     * @param query with the position as its parameter, up to the number of rows that is added to it
     */
    public static void scan(
            Connection connection, String query, Row row, long afterPosition, Consumer<StoredEvent> reader)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query + PAGE)) {
            Paging pages = new Paging(select, row, afterPosition);
            if (pages.next(reader)) {
                ReadAhead.scan(pages::rest, reader);
            }
        }
    }

    private void rest(Consumer<StoredEvent> reader) throws SQLException {
        boolean more = true;
        while (more) {
            more = next(reader);
        }
    }

    /** Whether there may be another page. */
    private boolean next(Consumer<StoredEvent> reader) throws SQLException {
        int found = 0;
        select.setLong(1, position);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                StoredEvent event = row.event(rows);
                position = event.position();
                found++;
                reader.accept(event);
            }
        }
        return found == PAGE;
    }
}
