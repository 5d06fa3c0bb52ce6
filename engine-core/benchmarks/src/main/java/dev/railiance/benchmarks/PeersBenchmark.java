package dev.railiance.benchmarks;

import dev.railiance.EngineUnderTest;
import java.util.ArrayList;
import java.util.List;

/**
 * The same work by the engine and by peers on the same database with the same durability: promotions are opened and given
 * five commands, each a commit of its own. The peers write events alone; the engine decides, seals and writes the status too.
 */
final class PeersBenchmark {

    private static final int COMMANDS = 5;

    private final Store store;
    private final Options options;
    private final Recorded.Maker maker = new Recorded.Maker();
    private int peerLives;
    private int engineLives;

    PeersBenchmark(Store store, Options options) {
        this.store = store;
        this.options = options;
    }

    void run() throws Exception {
        try (Store.Bare database = store.bare(options.directory(), "peers-axon");
                Store.Bare other = store.bare(options.directory(), "peers-pekko");
                PekkoStore pekko = new PekkoStore(other);
                EngineUnderTest engine =
                        new EngineUnderTest(store.fresh(options.directory(), "peers-engine"), Life.ACTOR, Life.NOW)) {
            if (database.keepsHead()) {
                database.tables(database.connect());
            }
            AxonStore axon = new AxonStore(database);
            List<Recorded> prepared = new ArrayList<>();
            new Rounds("create and 5 commands, " + store.name(), "commits/s")
                    .with("Axon's JDBC store", () -> {
                        prepared.forEach(rows -> axon.append(rows.events()));
                        return prepared.size();
                    })
                    .with("Pekko's JDBC journal", () -> live(pekko, prepared))
                    .with("engine", () -> live(engine))
                    .before(() -> prepare(prepared))
                    .run(options.warmUp(), options.rounds())
                    .print();
            pekko.check();
        }
    }

    private static long live(PekkoStore pekko, List<Recorded> prepared) {
        long commits = 0;
        for (int from = 0; from < prepared.size(); from += 1 + COMMANDS) {
            commits += pekko.live(prepared.subList(from, from + 1 + COMMANDS));
        }
        return commits;
    }

    private void prepare(List<Recorded> prepared) {
        prepared.clear();
        for (int i = 0; i < options.lives(); i++) {
            peerLives++;
            prepared.addAll(maker.life(new Life(peerLives)).subList(0, 1 + COMMANDS));
        }
    }

    private long live(EngineUnderTest engine) {
        for (int i = 0; i < options.lives(); i++) {
            engineLives++;
            Life life = new Life(engineLives);
            engine.live(life.opening(), Life.CONTRACT, life.commands().subList(0, COMMANDS));
        }
        return (long) options.lives() * (1 + COMMANDS);
    }
}
