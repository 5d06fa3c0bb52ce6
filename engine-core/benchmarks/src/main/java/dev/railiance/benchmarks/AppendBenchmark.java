package dev.railiance.benchmarks;

import dev.railiance.EngineUnderTest;
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
                EngineUnderTest engine = new EngineUnderTest(store.fresh(directory, name), Life.ACTOR, Life.NOW);
                ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            database.tables(database.connect());
            List<BareRows> writers = writers(database, positions, threads, true);
            List<List<Recorded>> prepared = new ArrayList<>();
            Rounds rounds = new Rounds("appends, " + store.name() + ", threads: " + threads, "commits/s")
                    .with(
                            "bare JDBC",
                            () -> together(pool, threads, thread -> bare(writers.get(thread), prepared.get(thread))))
                    .with("engine", () -> together(pool, threads, thread -> engine(engine)))
                    .before(() -> prepare(prepared, threads));
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

    private long engine(EngineUnderTest engine) {
        long commits = 0;
        for (int i = 0; i < options.lives(); i++) {
            Life life = new Life(engineLives.incrementAndGet());
            engine.live(life.opening(), Life.CONTRACT, life.commands());
            commits += 1 + life.commands().size();
        }
        return commits;
    }
}
