package dev.railiance.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Measurements of several contenders that took turns, and what is said of them. */
final class Rounds {

    /** Something that is measured: does its work once and answers how many units of it. */
    interface Work {
        long run() throws Exception;
    }

    private record Contender(String name, Work work, List<Double> rates, List<Cpu> spent) {}

    /** The share of a round's time in which the compiler works, beyond which what runs is not yet what it will be. */
    private static final double STILL_COMPILING = 0.05;

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
        contenders.add(new Contender(name, work, new ArrayList<>(), new ArrayList<>()));
        return this;
    }

    /** What is done before each round, unmeasured. */
    Rounds before(Runnable prepare) {
        preparations.add(prepare);
        return this;
    }

    /**
     * Has all of them work in turn, in one order and then in the other. The first {@code unmeasured} rounds do not count, nor do up
     * to twice as many after them while Java still compiles what it runs.
     */
    Rounds run(int unmeasured, int rounds) throws Exception {
        for (int round = 0; round < unmeasured; round++) {
            turn(round, false);
        }
        for (int round = 0; round < 2 * unmeasured; round++) {
            long compiled = compiled();
            long begun = System.nanoTime();
            turn(round, false);
            if ((compiled() - compiled) * 1e6 < STILL_COMPILING * (System.nanoTime() - begun)) {
                break;
            }
        }
        for (int round = 0; round < rounds; round++) {
            turn(round, true);
        }
        return this;
    }

    private static long compiled() {
        return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
    }

    private void turn(int round, boolean counts) throws Exception {
        preparations.forEach(Runnable::run);
        for (Contender contender : round % 2 == 0 ? contenders : contenders.reversed()) {
            Cpu before = Cpu.spent();
            long begun = System.nanoTime();
            long units = contender.work().run();
            double rate = units * 1e9 / (System.nanoTime() - begun);
            if (counts) {
                contender.rates().add(rate);
                contender.spent().add(Cpu.spent().since(before, units));
            }
        }
    }

    /**
     * A line for each contender: the median rate, the median of the ratios to the first one's, round by round, and the median of
     * what the processors spent on a unit.
     */
    void print() {
        Contender first = contenders.getFirst();
        for (Contender contender : contenders) {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < first.rates().size(); i++) {
                ratios.add(contender.rates().get(i) / first.rates().get(i));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-34s %-24s %,12.0f %s   ratio %.2f (%.2f to %.2f)   CPU %.1f + %.1f µs%n",
                    title,
                    contender.name(),
                    median(contender.rates()),
                    unit,
                    median(ratios),
                    Collections.min(ratios),
                    Collections.max(ratios),
                    micros(contender, Cpu::client),
                    micros(contender, Cpu::server));
        }
    }

    private static double micros(Contender contender, Function<Cpu, Duration> part) {
        return median(contender.spent().stream()
                .map(spent -> part.apply(spent).toNanos() / 1e3)
                .toList());
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
