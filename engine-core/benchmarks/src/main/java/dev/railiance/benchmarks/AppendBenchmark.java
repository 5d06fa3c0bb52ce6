package dev.railiance.benchmarks;

import dev.railiance.EngineUnderTest;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.OpenPromotion;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Durable appends through the whole engine, against the same rows by bare JDBC with the same durability. */
final class AppendBenchmark {

    private final Store store;
    private final Options options;
    private final Recorded.Maker maker = new Recorded.Maker();
    private final AtomicInteger bareLives = new AtomicInteger();
    private final AtomicInteger engineLives = new AtomicInteger();

    AppendBenchmark(Store store, Options options) {
        this.store = store;
        this.options = options;
    }

    void run(int threads) throws Exception {
        Path directory = options.directory();
        String name = "appends-" + threads;
        AtomicLong positions = new AtomicLong();
        try (Store.Bare database = store.bare(directory, name + "-bare");
                Ledger ledger = store.ledger(store.fresh(directory, name + "-ledger"));
                EngineUnderTest engine = new EngineUnderTest(store.fresh(directory, name), Life.ACTOR, Life.NOW);
                ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            database.tables(database.connect());
            List<BareRows> writers = writers(database, positions, threads, true);
            List<List<Recorded>> prepared = new ArrayList<>();
            List<List<Given>> given = new ArrayList<>();
            Rounds rounds = new Rounds("appends, " + store.name() + ", threads: " + threads, "commits/s")
                    .with(
                            "bare JDBC",
                            () -> together(pool, threads, thread -> bare(writers.get(thread), prepared.get(thread))))
                    .with("engine", () -> together(pool, threads, thread -> engine(engine, given.get(thread))))
                    .before(() -> prepare(prepared, threads))
                    .before(() -> give(given, threads));
            List<List<Recorded>> entries = new ArrayList<>();
            rounds.with("ledger alone", () -> together(pool, threads, thread -> ledger(ledger, entries.get(thread))))
                    .before(() -> prepare(entries, threads));
            if (database.keepsHead()) {
                List<BareRows> headless = writers(database, positions, threads, false);
                List<List<Recorded>> others = new ArrayList<>();
                rounds.with(
                                "bare JDBC, no head row",
                                () -> together(pool, threads, thread -> bare(headless.get(thread), others.get(thread))))
                        .before(() -> prepare(others, threads));
            }
            rounds.run(options.warmUp(), options.rounds()).print();
        }
    }

    private static List<BareRows> writers(Store.Bare database, AtomicLong positions, int threads, boolean withHead)
            throws SQLException {
        List<BareRows> writers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            writers.add(new BareRows(database, database.connect(), positions, withHead));
        }
        return writers;
    }

    private void prepare(List<List<Recorded>> prepared, int threads) {
        prepared.clear();
        for (int thread = 0; thread < threads; thread++) {
            List<Recorded> rows = new ArrayList<>();
            for (int i = 0; i < options.lives(); i++) {
                rows.addAll(maker.life(new Life(bareLives.incrementAndGet())));
            }
            prepared.add(rows);
        }
    }

    /** What the engine is commanded in a life. */
    private record Given(OpenPromotion opening, List<PromotionCommand> commands) {}

    private void give(List<List<Given>> given, int threads) {
        given.clear();
        for (int thread = 0; thread < threads; thread++) {
            List<Given> lives = new ArrayList<>();
            for (int i = 0; i < options.lives(); i++) {
                Life life = new Life(engineLives.incrementAndGet());
                lives.add(new Given(life.opening(), life.commands()));
            }
            given.add(lives);
        }
    }

    private interface Part {
        long run(int thread) throws Exception;
    }

    private static long together(ExecutorService pool, int threads, Part part) throws Exception {
        List<Callable<Long>> parts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            parts.add(() -> part.run(thread));
        }
        long done = 0;
        for (Future<Long> one : pool.invokeAll(parts)) {
            done += one.get();
        }
        return done;
    }

    private static long bare(BareRows writer, List<Recorded> rows) throws SQLException {
        for (Recorded row : rows) {
            writer.write(row);
        }
        return rows.size();
    }

    private static long ledger(Ledger ledger, List<Recorded> rows) {
        for (Recorded row : rows) {
            try (LedgerSession session = ledger.open()) {
                session.append(row.entry());
            }
        }
        return rows.size();
    }

    private static long engine(EngineUnderTest engine, List<Given> lives) {
        long commits = 0;
        for (Given life : lives) {
            engine.live(life.opening(), Life.CONTRACT, life.commands());
            commits += 1 + life.commands().size();
        }
        return commits;
    }
}
