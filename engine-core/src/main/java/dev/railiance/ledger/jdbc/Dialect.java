package dev.railiance.ledger.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** What the databases say differently. */
public interface Dialect {

    /** Whether a statement failed because a row with this key is there already. */
    boolean isDuplicate(SQLException e);

    /** The same, and the key is this constraint's; its name is in lower case. */
    boolean violates(SQLException e, String constraint);

    /** Inserts a status row, or replaces the promotion's last one; the fourteen columns of the table in their order. */
    String putStatus();

    /** Inserts a document unless it is there. */
    String putDocument();

    /** Inserts a lease unless the promotion has a row: holder, expires_at, fence, promotion. */
    String insertLease();

    /** What is added to a query to keep the row from others until the transaction ends. */
    String forUpdate();

    /** The time by the store's clock, in microseconds since 1970. */
    long now(Connection connection) throws SQLException;
}
