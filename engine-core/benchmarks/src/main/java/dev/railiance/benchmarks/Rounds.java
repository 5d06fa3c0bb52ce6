package dev.railiance.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Measurements of several contenders that took turns, and what is said of them. */
final class Rounds {

    /** Something that is measured: does its work once and answers how many units of it. */
    interface Work {
        long run() throws Exception;
    }

    private record Contender(String name, Work work, List<Double> rates) {}

    private final String title;
    private final String unit;
    private final List<Contender> contenders = new ArrayList<>();
    private final List<Runnable> preparations = new ArrayList<>();

    Rounds(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    /** The first one is what the others are measured by. */
    Rounds with(String name, Work work) {
        contenders.add(new Contender(name, work, new ArrayList<>()));
        return this;
    }

    /** What is done before each round, unmeasured. */
    Rounds before(Runnable prepare) {
        preparations.add(prepare);
        return this;
    }

    /** Has all of them work in turn, in one order and then in the other; the first {@code unmeasured} rounds do not count. */
    Rounds run(int unmeasured, int rounds) throws Exception {
        for (int round = -unmeasured; round < rounds; round++) {
            preparations.forEach(Runnable::run);
            List<Contender> order = round % 2 == 0 ? contenders : contenders.reversed();
            for (Contender contender : order) {
                long begun = System.nanoTime();
                long units = contender.work().run();
                double rate = units * 1e9 / (System.nanoTime() - begun);
                if (round >= 0) {
                    contender.rates().add(rate);
                }
            }
        }
        return this;
    }

    /** A line for each contender: the median rate, and the median of the ratios to the first one's, round by round. */
    void print() {
        Contender first = contenders.getFirst();
        for (Contender contender : contenders) {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < first.rates().size(); i++) {
                ratios.add(contender.rates().get(i) / first.rates().get(i));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-34s %-24s %,12.0f %s   ratio %.2f (%.2f to %.2f)%n",
                    title,
                    contender.name(),
                    median(contender.rates()),
                    unit,
                    median(ratios),
                    Collections.min(ratios),
                    Collections.max(ratios));
        }
    }

    /** A line about the heap that this process may use. */
    static void printMemory() {
        System.out.printf(
                Locale.ROOT, "heap: at most %d MiB%n", Runtime.getRuntime().maxMemory() >> 20);
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
