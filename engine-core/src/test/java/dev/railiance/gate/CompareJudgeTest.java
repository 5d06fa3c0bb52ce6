package dev.railiance.gate;

import static dev.railiance.gate.Gates.compare;
import static dev.railiance.gate.Gates.list;
import static dev.railiance.gate.Gates.look;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.contract.Gate.Direction;
import dev.railiance.gate.Samples.Condition;
import dev.railiance.promotion.GateEvaluation;
import dev.railiance.promotion.GateEvaluation.Result;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class CompareJudgeTest {

    private static final List<Double> ZEROS = Collections.nCopies(6, 0.0);
    private static final List<Double> SPARSE = list(0, 1, 2, 1, 0, 0);

    @Test
    void sparseErrorsAgainstNoneNeverPassSilently() {
        for (int planned : new int[] {1, 5, 20}) {
            for (int times : new int[] {1, 2, 4, 50}) {
                GateEvaluation seen =
                        look(compare(1.0), repeated(ZEROS, times), repeated(SPARSE, times), Look.of(1, planned));
                assertNotEquals(Result.PASS, seen.verdict(), seen.reason());
            }
        }
        GateEvaluation six = look(compare(0), ZEROS, SPARSE);
        assertEquals(Result.HOLD, six.verdict());
        assertTrue(
                six.reason().contains("above zero in 3 of 6 samples of the canary, 0 of 6 of the stable version"),
                six.reason());
        assertEquals(
                Result.FAIL,
                look(compare(0), repeated(ZEROS, 4), repeated(SPARSE, 4), Look.of(1, 5))
                        .verdict());
    }

    @Test
    void oneErrorAmongManySamplesIsHeldToo() {
        var canary = new ArrayList<>(Collections.nCopies(200, 0.0));
        canary.set(17, 1.0);
        assertEquals(
                Result.HOLD,
                look(compare(0), Collections.nCopies(200, 0.0), canary).verdict());
    }

    @Test
    void noErrorsAtAllPassOnceThereAreEnoughSamples() {
        assertEquals(Result.HOLD, look(compare(0), ZEROS, ZEROS).verdict());
        List<Double> many = Collections.nCopies(20, 0.0);
        assertEquals(Result.PASS, look(compare(0), many, many).verdict());
    }

    @Test
    void aShiftFailsInTheWorseDirectionAlone() {
        List<Double> low = normal(1, 40, 10);
        List<Double> high = normal(2, 40, 12);
        assertEquals(Result.FAIL, look(compare(0), low, high).verdict());
        assertEquals(Result.PASS, look(compare(0), high, low).verdict());
        assertEquals(
                Result.PASS,
                look(compare(Direction.HIGHER_IS_BETTER, 0, 1), low, high).verdict());
        assertEquals(
                Result.FAIL,
                look(compare(Direction.HIGHER_IS_BETTER, 0, 1), high, low).verdict());
    }

    @Test
    void theToleranceIsPartOfTheStableMedian() {
        List<Double> stable = normal(1, 40, 100);
        List<Double> canary = normal(2, 40, 108);
        assertEquals(Result.FAIL, look(compare(0.05), stable, canary).verdict());
        GateEvaluation within = look(compare(0.1), stable, canary);
        assertEquals(Result.PASS, within.verdict());
        assertTrue(within.reason().startsWith("within the tolerance"), within.reason());
    }

    @Test
    void aSlowTailFailsThoughMostRequestsAreAsFastAsBefore() {
        List<Double> stable = normal(1, 400, 10);
        var canary = new ArrayList<>(normal(2, 400, 10));
        for (int i = 0; i < 400; i += 20) {
            canary.set(i, canary.get(i) * 10);
        }
        GateEvaluation seen = look(compare(0.1), stable, canary);
        assertEquals(Result.FAIL, seen.verdict());
        assertTrue(seen.reason().startsWith("worse in the tail: 20 of the 20 worst"), seen.reason());
    }

    @Test
    void fewSamplesHoldAndTheReasonSaysHowManyItTakesForTheLooks() {
        GateEvaluation seen =
                look(compare(0), Samples.of(list(1, 1, 1, 1, 1)), Samples.of(list(9, 9, 9, 9, 9)), Look.of(1, 10));
        assertEquals(Result.HOLD, seen.verdict());
        assertTrue(seen.reason().contains("5 % over 10 looks takes at least 6 of each"), seen.reason());
    }

    @Test
    void noPassComesBeforeTheSamplesThatTheContractAsksFor() {
        List<Double> same = normal(1, 30, 10);
        assertEquals(
                Result.HOLD,
                look(compare(Direction.LOWER_IS_BETTER, 0.5, 31), same, same).verdict());
        assertEquals(
                Result.PASS,
                look(compare(Direction.LOWER_IS_BETTER, 0.5, 30), same, same).verdict());
    }

    @Test
    void whatCannotBeTrustedIsHeld() {
        List<Double> fine = normal(1, 40, 10);
        assertEquals(Result.HOLD, held(fine, Condition.INTERRUPTED));
        assertEquals(Result.HOLD, held(fine, Condition.UNMATCHED));
        for (double strange : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            var with = new ArrayList<>(fine);
            with.set(3, strange);
            assertEquals(Result.HOLD, look(compare(0.5), fine, with).verdict());
            assertEquals(Result.HOLD, look(compare(0.5), with, fine).verdict());
        }
        assertEquals(Result.HOLD, look(compare(0.5), List.of(), fine).verdict());
        assertEquals(Result.HOLD, look(compare(0.5), fine, List.of()).verdict());
    }

    private static Result held(List<Double> values, Condition condition) {
        return look(compare(0.5), Samples.of(values), new Samples(values, condition), Look.of(1, 1))
                .verdict();
    }

    @Test
    void aLookBeyondThePlanIsHeld() {
        List<Double> stable = normal(1, 40, 10);
        assertEquals(
                Result.HOLD,
                look(compare(0.5), Samples.of(stable), Samples.of(normal(2, 40, 90)), Look.of(3, 2))
                        .verdict());
    }

    private static Samples repeated(List<Double> values, int times) {
        return Samples.of(Collections.nCopies(times, values).stream()
                .flatMap(List::stream)
                .toList());
    }

    private static List<Double> normal(long seed, int count, double mean) {
        var random = new Random(seed);
        return DoubleStream.generate(() -> mean + random.nextGaussian())
                .limit(count)
                .boxed()
                .toList();
    }
}
