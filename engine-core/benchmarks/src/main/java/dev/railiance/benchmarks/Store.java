package dev.railiance.benchmarks;

import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** A database that ledgers live in, as the benchmarks see it: the ledger's way in, and the bare one beside it. */
interface Store extends AutoCloseable {

    /** As it is printed. */
    String name();

    /** Where a fresh, empty ledger of this name will be. */
    LedgerLocation fresh(Path directory, String name) throws IOException, SQLException;

    /** The ledger at a location. */
    Ledger ledger(LedgerLocation location);

    /** A connection that streams the rows of a ledger which nobody has open. */
    Connection reading(LedgerLocation location) throws SQLException;

    /** A database beside the ledgers, with the same settings; made if it is not there. */
    Bare bare(Path directory, String name) throws IOException, SQLException;

    /** Ends what was started for it. */
    @Override
    void close() throws IOException;

    /** A database without the engine: what it takes to write and read it as durably as the ledger is. */
    interface Bare extends AutoCloseable {

        /** One more connection, with autocommit off. */
        Connection connect() throws SQLException;

        /** Where it is and how to log in, for a library that makes its own connections. */
        String url();

        /** Makes the ledger's tables. */
        void tables(Connection connection) throws SQLException, IOException;

        /** Commits; when this returns, it survives kill -9. */
        void commit(Connection connection) throws SQLException;

        /** Whether a row of the ledger's own says where it ends, and is written with every append. */
        boolean keepsHead();

        /** Closes every connection. */
        @Override
        void close() throws SQLException;
    }
}
