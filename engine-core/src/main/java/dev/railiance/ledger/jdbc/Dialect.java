package dev.railiance.ledger.jdbc;

import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerSession.Head;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.PromotionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** What the databases say differently. */
public interface Dialect {

    /** Whether a statement failed because a row with this key is there already. */
    boolean isDuplicate(SQLException e);

    /** Inserts a status row, or replaces the promotion's last one; the thirteen columns of the table in their order. */
    String putStatus();

    /** Inserts a document unless it is there. */
    String putDocument();

    /** What is added to a query to keep the row from others until the transaction ends. */
    String forUpdate();

    /** Where the ledger ends; in a transaction that is about to append, it stays so until the transaction ends. */
    Head head(Connection connection) throws SQLException;

    /** Tells where the ledger ends after an append. */
    void moveHead(Connection connection, Head head) throws SQLException;

    /** The time by the store's clock, in microseconds since 1970. */
    long now(Connection connection) throws SQLException;

    /** The hash of an event, where that can be told without asking the database. */
    default Optional<Hash> known(PromotionId promotion, long sequence) {
        return Optional.empty();
    }

    /** Told of every event that was sealed and written in this transaction. */
    default void wrote(StoredEvent sealed) {}
}
