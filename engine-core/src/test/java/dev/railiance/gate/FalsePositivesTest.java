package dev.railiance.gate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.promotion.GateEvaluation.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** A canary that is the stable version itself, with fixed seeds: the large run is in the benchmarks. */
class FalsePositivesTest {

    private static final int RUNS = 2_000;
    private static final int LOOKS = 5;
    private static final int SAMPLES_PER_LOOK = 10;

    @Test
    void alikeVersionsFailNoMoreOftenThanDeclared() {
        stays("lognormal", random -> Math.exp(random.nextGaussian()));
        stays("heavy ties", random -> random.nextInt(3));
        stays("rare counts", random -> random.nextInt(10) == 0 ? 1 : 0);
    }

    private static void stays(String name, ToDoubleFunction<Random> distribution) {
        var random = new Random(20260105);
        int failed = 0;
        for (int run = 0; run < RUNS; run++) {
            failed += fails(distribution, random) ? 1 : 0;
        }
        assertTrue(failed <= RUNS * Look.USUAL_RATE, name + ": " + failed + " of " + RUNS);
    }

    private static boolean fails(ToDoubleFunction<Random> distribution, Random random) {
        List<Double> stable = new ArrayList<>();
        List<Double> canary = new ArrayList<>();
        for (int number = 1; number <= LOOKS; number++) {
            for (int i = 0; i < SAMPLES_PER_LOOK; i++) {
                stable.add(distribution.applyAsDouble(random));
                canary.add(distribution.applyAsDouble(random));
            }
            var look = Look.of(number, LOOKS);
            if (Gates.look(Gates.compare(0), Samples.of(stable), Samples.of(canary), look)
                            .verdict()
                    == Result.FAIL) {
                return true;
            }
        }
        return false;
    }
}
