package dev.railiance.ledger.h2;

import dev.railiance.ledger.LeaseTakeOver;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

class H2LeaseTakeOverTest implements LeaseTakeOver {

    @TempDir
    Path directory;

    @Override
    public Ledger ledger(Duration term) {
        return new H2Ledger(new LedgerLocation.Embedded(directory), Duration.ofSeconds(1), term);
    }

    @Override
    public Child holder(Duration term) throws IOException {
        return Child.start(Holder.class, directory, term.toMillis());
    }

    @Override
    public void leaseElsewhere(Duration term) {
        H2Store store = H2Store.open(new H2Directory(directory), System.nanoTime() + 1_000_000_000L);
        if (store == null) {
            throw new AssertionError("there is a ledger");
        }
        try {
            store.write((connection, end) -> {
                try (PreparedStatement lease =
                        connection.prepareStatement("MERGE INTO lease KEY (promotion) VALUES (?, 1, ?, ?)")) {
                    lease.setString(1, Samples.id(1).value());
                    lease.setString(2, ELSEWHERE);
                    lease.setLong(3, H2Dialect.H2.now(connection) + term.toNanos() / 1_000);
                    return lease.executeUpdate();
                }
            });
        } finally {
            store.close();
        }
    }

    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            LeaseTakeOver.holdAndAppendLate(new H2Ledger(
                    new LedgerLocation.Embedded(Path.of(arguments[0])),
                    Duration.ofSeconds(10),
                    Duration.ofMillis(Long.parseLong(arguments[1]))));
        }
    }
}
