package dev.railiance.ledger.jdbc;

import dev.railiance.ledger.Entry;
import dev.railiance.ledger.LedgerSession.Head;
import java.sql.Connection;
import java.sql.SQLException;

/** All tables together. */
public final class Tables {

    private Tables() {}

    /**
     * Writes all of an entry behind the end of the ledger, in the transaction of the connection, and answers where the
     * ledger ends then.
     */
    public static Head append(Connection connection, Dialect dialect, Entry entry, Head before) throws SQLException {
        LeaseTable.require(connection, dialect, entry.status().promotion(), entry.fence());
        Head head = EventTable.insert(connection, dialect, entry, before);
        StatusTable.put(connection, dialect, entry.status());
        DocumentTable.put(connection, dialect, entry.documents());
        return head;
    }
}
