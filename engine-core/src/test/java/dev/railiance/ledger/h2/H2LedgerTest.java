package dev.railiance.ledger.h2;

import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerContract;
import dev.railiance.ledger.LedgerLocation;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2LedgerTest implements LedgerContract {

    @TempDir
    Path directory;

    @Override
    public Ledger ledger() {
        return new H2Ledger(LedgerLocation.of(directory));
    }
}
