package dev.railiance.ledger.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.ledger.Fence;
import dev.railiance.ledger.LedgerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldLeaseTest {

    @Test
    void aLeaseThatCannotBeGivenBackIsNoFailureOfTheWorkUnderIt() {
        List<String> told = new ArrayList<>();
        HeldLease lease = new HeldLease(
                new LeaseTable.Taken(new Fence(1), true),
                Duration.ofMinutes(1),
                () -> true,
                () -> {
                    told.add("release");
                    throw new LedgerException(LedgerException.Kind.BUSY, "somebody else keeps the ledger");
                },
                closed -> told.add("closed"));
        lease.close();
        lease.close();
        assertEquals(List.of("closed", "release"), told);
    }
}
