package dev.railiance.ledger.jdbc;

import dev.railiance.ledger.Entry;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.ledger.StoredEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** All tables together. */
public final class Tables {

    private Tables() {}

    /**
     * Writes all of an entry behind the end of the ledger, in the transaction of the connection, and answers its events as
     * they are sealed.
     *
     * @param predecessor the hash of the event before them, where that need not be read
     */
    public static List<StoredEvent> append(
            Connection connection, Dialect dialect, Entry entry, Head before, Optional<Hash> predecessor)
            throws SQLException {
        LeaseTable.require(connection, dialect, entry.status().promotion(), entry.fence());
        List<StoredEvent> sealed = EventTable.insert(connection, dialect, entry, before, predecessor);
        StatusTable.put(connection, dialect, entry.status());
        DocumentTable.put(connection, dialect, entry.documents());
        return sealed;
    }
}
