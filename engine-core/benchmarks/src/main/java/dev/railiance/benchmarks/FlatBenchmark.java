package dev.railiance.benchmarks;

import dev.railiance.EngineUnderTest;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerLocation;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asking for a status and appending, in ledgers of very different sizes. */
final class FlatBenchmark {

    private static final int ASKED = 50;
    private static final int APPENDED = 10;
    private static final int COMMANDS = 5;

    private final Store store;
    private final Options options;
    private int lives = 1_000_000_000;

    FlatBenchmark(Store store, Options options) {
        this.store = store;
        this.options = options;
    }

    private record Sized(String size, LedgerLocation location) {}

    void run() throws Exception {
        List<Sized> ledgers = new ArrayList<>();
        for (int events : new int[] {10, 10_000, options.events()}) {
            LedgerLocation location = store.fresh(options.directory(), "flat-" + events);
            long filled;
            try (Ledger ledger = store.ledger(location)) {
                filled = new Fill().upTo(ledger, events);
            }
            ledgers.add(new Sized(String.format(Locale.ROOT, "%,d events", filled), location));
        }
        Rounds status = new Rounds("open and status, " + store.name(), "/s");
        Rounds opened = new Rounds("open and append, " + store.name(), "/s");
        for (Sized ledger : ledgers) {
            status.with(ledger.size(), () -> status(ledger.location()));
            opened.with(ledger.size(), () -> append(ledger.location()));
        }
        status.run(options.warmUp(), options.rounds()).print();
        opened.run(options.warmUp(), options.rounds()).print();
        appendOpen(ledgers);
        Optional<Path> launcher =
                Optional.ofNullable(System.getenv("RAILIANCE")).map(Path::of);
        if (launcher.isPresent()) {
            commands(ledgers, new Command(launcher.get()));
        }
    }

    /** As its users start it. */
    private void commands(List<Sized> ledgers, Command command) throws Exception {
        Rounds status = new Rounds("railiance status, " + store.name(), "/s");
        Rounds abort = new Rounds("railiance abort, " + store.name(), "/s");
        for (Sized ledger : ledgers) {
            status.with(ledger.size(), () -> {
                for (int i = 0; i < COMMANDS; i++) {
                    command.carryOut(
                            ledger.location(), "status", new Life(1).id().value());
                }
                return (long) COMMANDS;
            });
            Deque<String> opened = new ArrayDeque<>();
            abort.before(() -> {
                try (EngineUnderTest engine = new EngineUnderTest(ledger.location(), Life.ACTOR, Life.NOW)) {
                    for (int i = 0; i < COMMANDS; i++) {
                        open(engine);
                        opened.add(new Life(lives).id().value());
                    }
                }
            });
            abort.with(ledger.size(), () -> {
                for (int i = 0; i < COMMANDS; i++) {
                    command.carryOut(ledger.location(), "abort", opened.remove(), "--apply");
                }
                return (long) COMMANDS;
            });
        }
        status.run(options.warmUp(), options.rounds()).print();
        abort.run(options.warmUp(), options.rounds()).print();
    }

    private void appendOpen(List<Sized> ledgers) throws Exception {
        List<EngineUnderTest> engines = new ArrayList<>();
        Rounds appends = new Rounds("append, open, " + store.name(), "/s");
        try {
            for (Sized ledger : ledgers) {
                EngineUnderTest engine = new EngineUnderTest(ledger.location(), Life.ACTOR, Life.NOW);
                engines.add(engine);
                appends.with(ledger.size(), () -> {
                    for (int i = 0; i < options.lives() * APPENDED; i++) {
                        open(engine);
                    }
                    return (long) options.lives() * APPENDED;
                });
            }
            appends.run(options.warmUp(), options.rounds()).print();
        } finally {
            engines.forEach(EngineUnderTest::close);
        }
    }

    private static long status(LedgerLocation location) {
        for (int i = 0; i < ASKED; i++) {
            try (EngineUnderTest engine = new EngineUnderTest(location, Life.ACTOR, Life.NOW)) {
                engine.status(new Life(1).id());
            }
        }
        return ASKED;
    }

    private long append(LedgerLocation location) {
        for (int i = 0; i < ASKED; i++) {
            try (EngineUnderTest engine = new EngineUnderTest(location, Life.ACTOR, Life.NOW)) {
                open(engine);
            }
        }
        return ASKED;
    }

    private void open(EngineUnderTest engine) {
        lives++;
        engine.live(new Life(lives).opening(), Life.CONTRACT, List.of());
    }
}
