package dev.railiance.benchmarks;

import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerSession;
import java.sql.Connection;

/** The audit trail of a large ledger, made by the engine and by bare JDBC and Jackson. */
final class ReplayBenchmark {

    private final Store store;
    private final Options options;

    ReplayBenchmark(Store store, Options options) {
        this.store = store;
        this.options = options;
    }

    void run() throws Exception {
        LedgerLocation location = Fill.large(store, options);
        TrailSum[] sums = {new TrailSum(), new TrailSum()};
        new Rounds("replay, " + store.name(), "events/s")
                .with("bare JDBC + Jackson", () -> {
                    try (Connection connection = store.reading(location)) {
                        sums[0] = new BareTrail().read(connection);
                    }
                    return sums[0].events();
                })
                .with("engine", () -> {
                    try (Ledger ledger = store.ledger(location);
                            LedgerSession session = ledger.openExisting().orElseThrow()) {
                        sums[1] = new EngineTrail(session, new EventCodec()).read();
                    }
                    return sums[1].events();
                })
                .run(Math.min(1, options.warmUp()), options.rounds())
                .print();
        if (!sums[0].sameAs(sums[1])) {
            throw new IllegalStateException("the two trails differ");
        }
        Rounds.printMemory();
    }
}
