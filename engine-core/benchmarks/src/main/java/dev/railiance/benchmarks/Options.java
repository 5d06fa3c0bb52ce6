package dev.railiance.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much is measured.
 *
 * @param directory where databases are made; on the disk whose speed counts
 * @param stores {@code h2} and {@code postgresql}, or one of them
 * @param events in the large ledger
 * @param lives promotions in a round, for each thread; 13 commits each
 * @param rounds that count
 * @param warmUp rounds before them
 * @param threads that append at the same time: each number is a measurement of its own
 */
record Options(
        Path directory, List<String> stores, int events, int lives, int rounds, int warmUp, List<Integer> threads) {

    static Options parse(String[] arguments) {
        Options options = new Options(
                Path.of("target/benchmarks"), List.of("h2", "postgresql"), 1_000_000, 60, 9, 3, List.of(1, 2));
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length == 2) {
                options = options.with(parts[0], parts[1]);
            }
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "directory" -> new Options(Path.of(value), stores, events, lives, rounds, warmUp, threads);
            case "stores" -> new Options(directory, known(value), events, lives, rounds, warmUp, threads);
            case "events" -> new Options(directory, stores, Integer.parseInt(value), lives, rounds, warmUp, threads);
            case "lives" -> new Options(directory, stores, events, Integer.parseInt(value), rounds, warmUp, threads);
            case "rounds" -> new Options(directory, stores, events, lives, Integer.parseInt(value), warmUp, threads);
            case "warm-up" -> new Options(directory, stores, events, lives, rounds, Integer.parseInt(value), threads);
            case "threads" ->
                new Options(
                        directory,
                        stores,
                        events,
                        lives,
                        rounds,
                        warmUp,
                        Stream.of(value.split(",", -1)).map(Integer::valueOf).toList());
            default -> throw new IllegalArgumentException("no such option: " + name);
        };
    }

    private static List<String> known(String value) {
        List<String> stores = List.of(value.split(",", -1));
        if (!List.of("h2", "postgresql").containsAll(stores)) {
            throw new IllegalArgumentException("the stores are h2 and postgresql");
        }
        return stores;
    }
}
