package dev.railiance.audit;

import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.PromotionId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How fast a log that lies in memory is verified, beside SHA-256 over the same bytes: what a store adds is measured elsewhere.
 * Run with the number of events.
 */
final class VerificationSpeed {

    private VerificationSpeed() {}

    public static void main(String[] arguments) {
        int size = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        List<StoredEvent> events = SampleLog.of(size);
        var log = new EventLog() {
            @Override
            public void scan(Consumer<StoredEvent> reader) {
                events.forEach(reader);
            }

            @Override
            public List<StoredEvent> read(PromotionId promotion, long fromSequence) {
                return List.of();
            }
        };
        List<byte[]> canonical = events.stream()
                .map(event -> EventSeal.canonical(event, Hash.ZERO).getBytes(StandardCharsets.UTF_8))
                .toList();
        for (int round = 0; round < 5; round++) {
            long bare = nanos(() -> canonical.forEach(Hash::over));
            long chain = nanos(() -> Verifier.ofChain(log, Optional.empty()).verify());
            long whole = nanos(
                    () -> Verifier.whole(log, SampleLog.CODEC, Optional.empty()).verify());
            System.out.printf(
                    "%d events, per second: SHA-256 %,d; chain %,d (%.2f); whole %,d (%.2f)%n",
                    size,
                    size * 1_000_000_000L / bare,
                    size * 1_000_000_000L / chain,
                    (double) bare / chain,
                    size * 1_000_000_000L / whole,
                    (double) bare / whole);
        }
    }

    private static long nanos(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return System.nanoTime() - begun;
    }
}
