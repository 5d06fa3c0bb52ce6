package dev.railiance.ledger.h2;

import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.ledger.jdbc.EventTable;
import java.sql.Connection;
import java.sql.SQLException;

/** Knows where the ledger ends without asking: as long as the store is open, nobody else appends to it. */
final class EndOfLedger extends H2Dialect {

    private Head known;

    EndOfLedger(Connection connection) throws SQLException {
        known = EventTable.head(connection);
    }

    @Override
    public Head head(Connection connection) {
        return known;
    }

    @Override
    public void moveHead(Connection connection, Head head) {
        known = head;
    }

    Head known() {
        return known;
    }

    /** What was appended since has been taken back. */
    void reset(Head before) {
        known = before;
    }
}
