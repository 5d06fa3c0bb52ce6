package dev.railiance.benchmarks;

import dev.railiance.EngineUnderTest;
import dev.railiance.audit.AuditVerification;
import dev.railiance.audit.VerifyRequest;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerSession;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The verification of a large ledger, beside SHA-256 over the same bytes and beside reading the rows. */
final class VerifyBenchmark {

    /** The bytes of so many events lie in memory, and are hashed as often as it takes. */
    private static final int SAMPLE = 20_000;

    private static final VerifyRequest CHAIN =
            new VerifyRequest(Optional.empty(), Optional.empty(), Optional.empty(), false, true, false);

    private final Store store;
    private final Options options;

    VerifyBenchmark(Store store, Options options) {
        this.store = store;
        this.options = options;
    }

    void run() throws Exception {
        LedgerLocation location = Fill.large(store, options);
        List<byte[]> sample = sample(location);
        long[] sink = {0};
        new Rounds("verify, " + store.name(), "events/s")
                .with("SHA-256 alone", () -> hash(sample, sink))
                .with("reading the rows", () -> scan(location))
                .with("verify --chain-only", () -> verify(location, CHAIN))
                .with("verify", () -> verify(location, VerifyRequest.LEDGER))
                .run(Math.min(1, options.warmUp()), options.rounds())
                .print();
        Rounds.printMemory();
    }

    private List<byte[]> sample(LedgerLocation location) {
        List<byte[]> sample = new ArrayList<>();
        try (Ledger ledger = store.ledger(location);
                LedgerSession session = ledger.openExisting().orElseThrow()) {
            session.scan(0, event -> {
                if (sample.size() < SAMPLE) {
                    sample.add(EventSeal.canonical(event, Hash.ZERO).getBytes(StandardCharsets.UTF_8));
                }
            });
        }
        return sample;
    }

    private long hash(List<byte[]> sample, long[] sink) {
        long hashed = 0;
        while (hashed < options.events()) {
            for (byte[] bytes : sample) {
                sink[0] += Hash.over(bytes).hashCode();
            }
            hashed += sample.size();
        }
        return hashed;
    }

    private long scan(LedgerLocation location) {
        long[] events = {0};
        try (Ledger ledger = store.ledger(location);
                LedgerSession session = ledger.openExisting().orElseThrow()) {
            session.scan(0, event -> events[0]++);
        }
        return events[0];
    }

    private long verify(LedgerLocation location, VerifyRequest request) {
        try (EngineUnderTest engine = new EngineUnderTest(location, Life.ACTOR, Life.NOW)) {
            if (engine.audit(audit -> audit.verify(request)) instanceof Outcome.Done<AuditVerification> done
                    && done.value().outcome().equals("intact")) {
                return done.value().events();
            }
            throw new IllegalStateException("not intact");
        }
    }
}
