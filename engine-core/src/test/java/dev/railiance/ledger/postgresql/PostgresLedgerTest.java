package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerContract;
import dev.railiance.ledger.SharedLocation;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresServer.class)
class PostgresLedgerTest implements LedgerContract {

    private final SharedLocation location;

    PostgresLedgerTest(RealPostgres server) {
        this.location = server.newLedger();
    }

    @Override
    public Ledger ledger() {
        return new PostgresLedger(location);
    }
}
