package dev.railiance.benchmarks;

import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs the benchmarks that are named, or all: {@code Benchmarks [appends] [flat] [peers] [replay] [verify] [name=value …]}; see {@link Options} for the
 * values. Contenders take turns within one run, so that the ratios hold on a noisy machine.
 */
public final class Benchmarks {

    private static final List<String> ALL = List.of("appends", "flat", "peers", "replay", "verify");

    private Benchmarks() {}

    /** Runs them and prints a line for each contender. */
    public static void main(String[] arguments) throws Exception {
        Options options = Options.parse(arguments);
        Set<String> wanted = new TreeSet<>(List.of(arguments));
        wanted.removeIf(argument -> argument.contains("="));
        wanted = wanted.isEmpty() ? new TreeSet<>(ALL) : wanted;
        if (!ALL.containsAll(wanted)) {
            throw new IllegalArgumentException("the benchmarks are " + ALL);
        }
        Files.createDirectories(options.directory());
        for (String name : options.stores()) {
            try (Store store = name.equals("h2") ? new EmbeddedStore() : new SharedStore()) {
                for (String benchmark : wanted) {
                    run(benchmark, store, options);
                }
            }
        }
    }

    private static void run(String benchmark, Store store, Options options) throws Exception {
        switch (benchmark) {
            case "appends" -> {
                for (int threads : options.threads()) {
                    new AppendBenchmark(store, options).run(threads);
                }
            }
            case "flat" -> new FlatBenchmark(store, options).run();
            case "peers" -> new PeersBenchmark(store, options).run();
            case "replay" -> new ReplayBenchmark(store, options).run();
            case "verify" -> new VerifyBenchmark(store, options).run();
            default -> throw new IllegalArgumentException("the benchmarks are " + ALL);
        }
    }
}
