package dev.railiance.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.railiance.contract.Gate;
import dev.railiance.contract.Gate.Comparison;
import dev.railiance.contract.Gate.Direction;
import dev.railiance.contract.Gate.NoData;
import dev.railiance.promotion.GateEvaluation;
import dev.railiance.promotion.GateEvaluation.Result;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JudgePropertiesTest {

    @Provide
    Arbitrary<List<Double>> samples() {
        Arbitrary<Double> few = Arbitraries.integers().between(0, 4).map(Integer::doubleValue);
        Arbitrary<Double> wide = Arbitraries.doubles().between(-50, 50);
        return Arbitraries.oneOf(
                few.list().ofMinSize(4).ofMaxSize(60), wide.list().ofMinSize(4).ofMaxSize(60));
    }

    @Provide
    Arbitrary<List<Double>> anything() {
        return Arbitraries.oneOf(
                        Arbitraries.doubles(),
                        Arbitraries.of(
                                Double.NaN,
                                Double.POSITIVE_INFINITY,
                                Double.NEGATIVE_INFINITY,
                                Double.MAX_VALUE,
                                -Double.MAX_VALUE,
                                Double.MIN_VALUE,
                                0.0,
                                -0.0))
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<Double>> finite() {
        return Arbitraries.oneOf(
                        Arbitraries.doubles(),
                        Arbitraries.of(Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 0.0, -0.0))
                .list()
                .ofMinSize(4)
                .ofMaxSize(40);
    }

    @Property
    void aWorseCanaryNeverTurnsAFailIntoAPass(
            @ForAll("samples") List<Double> stable,
            @ForAll("samples") List<Double> canary,
            @ForAll Direction direction,
            @ForAll Random random) {
        Gate.Compare gate = Gates.compare(direction, random.nextInt(3) * 0.2, 1);
        if (Gates.look(gate, stable, canary).verdict() != Result.FAIL) {
            return;
        }
        double sign = direction == Direction.LOWER_IS_BETTER ? 1 : -1;
        List<Double> worse = canary.stream()
                .map(value -> value + sign * (random.nextBoolean() ? random.nextInt(4) : 0))
                .toList();
        GateEvaluation seen = Gates.look(gate, stable, worse);
        assertNotEquals(Result.PASS, seen.verdict(), seen.reason());
    }

    @Property
    void theOrderOfSamplesMeansNothing(
            @ForAll("anything") List<Double> stable, @ForAll("anything") List<Double> canary, @ForAll Random random) {
        GateEvaluation seen = Gates.look(Gates.compare(0.1), stable, canary);
        GateEvaluation shuffled = Gates.look(Gates.compare(0.1), shuffled(stable, random), shuffled(canary, random));
        assertEquals(seen.verdict(), shuffled.verdict());
        assertEquals(seen.reason(), shuffled.reason());
    }

    @Property
    void everyListOfNumbersHasAVerdict(
            @ForAll("finite") List<Double> stable,
            @ForAll("finite") List<Double> canary,
            @ForAll Direction direction,
            @ForAll Comparison comparison) {
        Gate.Compare compare = Gates.compare(direction, 10, 1);
        assertEquals(
                Optional.of(Gates.look(compare, stable, canary)),
                Judge.again(compare, Gates.look(compare, stable, canary)));
        Gate.Metric metric = Gates.metric(comparison, stable.getFirst(), NoData.HOLD);
        GateEvaluation seen = Gates.look(metric, canary.toArray(Double[]::new));
        assertEquals(Optional.of(seen), Judge.again(metric, seen));
    }

    private static List<Double> shuffled(List<Double> values, Random random) {
        var other = new ArrayList<>(values);
        Collections.shuffle(other, random);
        return other;
    }
}
