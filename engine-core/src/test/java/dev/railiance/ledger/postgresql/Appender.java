package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.LedgerVariables;
import dev.railiance.ledger.Samples;
import dev.railiance.ledger.SharedLocation;
import dev.railiance.promotion.Phase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A process with threads that append to promotions of their own, in whichever order. Arguments: first promotion, events. */
final class Appender {

    static final int THREADS = 2;
    static final int PROMOTIONS = 3;

    private Appender() {}

    public static void main(String[] arguments) throws Exception {
        SharedLocation location = (SharedLocation)
                LedgerVariables.read(System.getenv(), Path.of("")).orElseThrow();
        int events = Integer.parseInt(arguments[1]);
        try (PostgresLedger ledger = new PostgresLedger(location);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = Integer.parseInt(arguments[0]) + thread * PROMOTIONS;
                ends.add(threads.submit(() -> append(ledger, first, events)));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
        System.out.println("done");
    }

    private static void append(PostgresLedger ledger, int first, int events) {
        Random random = new Random(first);
        int[] next = new int[PROMOTIONS];
        for (int left = events; left > 0; left--) {
            int one = random.nextInt(PROMOTIONS);
            try (LedgerSession session = ledger.open()) {
                session.append(
                        Samples.events(first + one, next[one], 1),
                        Samples.status(first + one, next[one], Phase.OPENED));
            }
            next[one]++;
        }
    }
}
