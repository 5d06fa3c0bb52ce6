package dev.railiance.ledger.h2;

import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.ledger.jdbc.EventTable;
import java.sql.Connection;
import java.sql.SQLException;

/** Knows where the ledger ends without asking: as long as the store is open, nobody else appends to it. */
final class EndOfLedger {

    private Head known;

    EndOfLedger(Connection connection) throws SQLException {
        known = EventTable.head(connection);
    }

    Head known() {
        return known;
    }

    /** Something was appended, or taken back. */
    void moveTo(Head head) {
        known = head;
    }
}
