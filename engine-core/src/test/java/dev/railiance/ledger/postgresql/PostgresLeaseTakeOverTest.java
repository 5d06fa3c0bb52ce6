package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.LeaseTakeOver;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerVariables;
import dev.railiance.ledger.Samples;
import dev.railiance.ledger.SharedLocation;
import dev.railiance.ledger.h2.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresServer.class)
class PostgresLeaseTakeOverTest implements LeaseTakeOver {

    private final RealPostgres server;
    private final SharedLocation location;

    PostgresLeaseTakeOverTest(RealPostgres server) {
        this.server = server;
        this.location = server.newLedger();
    }

    @Override
    public Ledger ledger(Duration term) {
        return new PostgresLedger(location, Duration.ofSeconds(1), term);
    }

    @Override
    public Child holder(Duration term) throws IOException {
        return Child.start(RealPostgres.variables(location), Holder.class, term.toMillis());
    }

    @Override
    public void leaseElsewhere(Duration term) throws SQLException {
        try (Connection connection = server.connect();
                PreparedStatement lease = connection.prepareStatement("INSERT INTO " + location.schema()
                        + ".lease (promotion, fence, holder, expires_at) VALUES (?, 1, ?, ?)"
                        + " ON CONFLICT (promotion) DO UPDATE SET expires_at = excluded.expires_at")) {
            lease.setString(1, Samples.id(1).value());
            lease.setString(2, ELSEWHERE);
            lease.setLong(3, PostgresDialect.POSTGRES.now(connection) + term.toNanos() / 1_000);
            lease.executeUpdate();
        }
    }

    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            SharedLocation location = (SharedLocation)
                    LedgerVariables.read(System.getenv(), Path.of("")).orElseThrow();
            LeaseTakeOver.holdAndAppendLate(new PostgresLedger(
                    location, Duration.ofSeconds(10), Duration.ofMillis(Long.parseLong(arguments[0]))));
        }
    }
}
