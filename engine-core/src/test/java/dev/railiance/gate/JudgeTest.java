package dev.railiance.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.contract.DeclaredCommand;
import dev.railiance.contract.Gate;
import dev.railiance.contract.Gate.Comparison;
import dev.railiance.contract.Gate.NoData;
import dev.railiance.contract.Gate.Stake;
import dev.railiance.contract.Stage2;
import dev.railiance.gate.Observation.*;
import dev.railiance.gate.Score.Judged;
import dev.railiance.ledger.EventCodec;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.GateEvaluation;
import dev.railiance.promotion.GateEvaluation.Result;
import dev.railiance.promotion.PromotionEvent.GateEvaluated;
import dev.railiance.promotion.PromotionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final PromotionId PROMOTION = new PromotionId("01900000-0000-7000-8000-000000000001");
    private static final Gate.Http HTTP = new Gate.Http(
            "page",
            Gates.STAKE,
            "http://shop/",
            "GET",
            200,
            Optional.of("Welcome"),
            90,
            Optional.of(Duration.ofMillis(400)),
            10,
            Duration.ofSeconds(5));
    private static final Gate.Rollout ROLLOUT = new Gate.Rollout("rollout", Gates.STAKE, Duration.ofSeconds(60));
    private static final Gate.Pods PODS = new Gate.Pods("pods", Gates.STAKE, 1);
    private static final Gate.Command COMMAND = new Gate.Command(
            "smoke",
            Gates.STAKE,
            new DeclaredCommand("smoke", List.of("true"), ".", Duration.ofSeconds(1), List.of()),
            0);

    @Test
    void everySampleOfAMetricIsHeldAgainstTheLimit() {
        Gate.Metric gate = Gates.metric(Comparison.LESS, 0.01, NoData.HOLD);
        assertEquals(Result.PASS, Gates.look(gate, 0.0, 0.001, 0.002).verdict());
        assertEquals(Result.HOLD, Gates.look(gate, 0.0, 0.001).verdict());
        GateEvaluation failed = Gates.look(gate, 0.0, 0.03, 0.02);
        assertEquals(Result.FAIL, failed.verdict());
        assertTrue(failed.reason().startsWith("2 of 3 samples are not < 0.01, the worst is 0.03"), failed.reason());
        assertTrue(Gates.look(Gates.metric(Comparison.AT_LEAST, 5, NoData.HOLD), 4.0, 1.0, 6.0)
                .reason()
                .contains("the worst is 1 "));
        assertEquals(Result.HOLD, Gates.look(gate, 0.03, Double.NaN, 0.02).verdict());
    }

    @Test
    void onlyForNoDataTheContractHasTheLastWord() {
        for (NoData says : NoData.values()) {
            Gate.Metric gate = Gates.metric(Comparison.LESS, 1, says);
            assertEquals(says.name(), Gates.look(gate).verdict().name());
            assertEquals(Result.HOLD, Gates.look(gate, 0.0, 0.0).verdict());
            assertEquals(Result.HOLD, Gates.look(gate, Double.NaN).verdict());
            for (var condition : List.of(Samples.Condition.UNMATCHED, Samples.Condition.INTERRUPTED)) {
                List<Double> values = condition == Samples.Condition.UNMATCHED ? List.of() : List.of(0.0, 0.0, 0.0);
                var seen = new Sampled(new Samples(values, condition));
                assertEquals(Result.HOLD, judged(gate, seen).verdict());
            }
        }
    }

    @Test
    void requestsPassWhenAllAreAnsweredAsWantedAndFastEnough() {
        assertEquals(Result.PASS, judged(HTTP, requests(9, 20, 1, 900)).verdict());
        assertEquals(Result.FAIL, judged(HTTP, requests(8, 20, 2, 900)).verdict());
        assertEquals(Result.HOLD, judged(HTTP, requests(9, 20, 0, 0)).verdict());
        assertEquals(Result.HOLD, judged(HTTP, new Exchanges(List.of())).verdict());
        var wrong = new Exchange(true, true, false, Duration.ofMillis(3));
        assertEquals(Result.FAIL, judged(HTTP, new Exchanges(List.of(wrong))).verdict());
    }

    @Test
    void podsAndRolloutsAreNamedByWhatIsWrongWithThem() {
        assertEquals(Result.PASS, judged(ROLLOUT, progress(3, 3, 20)).verdict());
        assertEquals(Result.HOLD, judged(ROLLOUT, progress(3, 2, 20)).verdict());
        assertEquals(Result.FAIL, judged(ROLLOUT, progress(3, 2, 61)).verdict());
        GateEvaluation failed = judged(
                PODS,
                new PodStates(List.of(
                        new Pod("shop-1", true, 0, Optional.empty()),
                        new Pod("shop-2", false, 1, Optional.of("CrashLoopBackOff")))));
        assertEquals(Result.FAIL, failed.verdict());
        assertTrue(failed.reason().startsWith("pod shop-2 will not become ready: CrashLoopBackOff"), failed.reason());
        assertEquals(Result.HOLD, judged(PODS, new PodStates(List.of())).verdict());
        assertEquals(
                Result.FAIL, judged(COMMAND, new CommandEnd(OptionalInt.of(3))).verdict());
        assertEquals(
                Result.HOLD,
                judged(COMMAND, new CommandEnd(OptionalInt.empty())).verdict());
        assertThrows(IllegalArgumentException.class, () -> judged(PODS, progress(1, 1, 1)));
    }

    /** Through the ledger's own form, and without anything but the gate. */
    @Test
    void aVerdictIsMadeAgainFromTheLedgerAlone() {
        Gate.Metric metric = Gates.metric(Comparison.LESS, 1, NoData.FAIL);
        again(metric, new Sampled(Samples.of(List.of(0.5, Double.NaN, Double.NEGATIVE_INFINITY))));
        again(metric, new Sampled(new Samples(List.of(), Samples.Condition.UNMATCHED)));
        again(metric, new Sampled(Samples.of(List.of(0.1, 0.2, 3.0))));
        again(
                Gates.compare(0.1),
                new Compared(Samples.of(Collections.nCopies(9, 1e-9)), Samples.of(Collections.nCopies(9, 0.3))));
        again(HTTP, requests(9, 20, 1, 900));
        again(HTTP, new Exchanges(List.of(new Exchange(false, false, false, Duration.ZERO))));
        again(ROLLOUT, progress(3, 2, 61));
        again(PODS, new PodStates(List.of(new Pod("shop-2", false, 1, Optional.of("CrashLoopBackOff")))));
        again(COMMAND, new CommandEnd(OptionalInt.of(3)));
        again(COMMAND, new CommandEnd(OptionalInt.empty()));
    }

    @Test
    void whatWasChangedAfterwardsIsNotJudgedAgain() {
        Gate.Metric metric = Gates.metric(Comparison.LESS, 1, NoData.HOLD);
        GateEvaluation seen = Gates.look(metric, 0.1, 0.2, 3.0);
        var changed = new GateEvaluation(
                seen.gate(),
                Result.PASS,
                seen.reason(),
                seen.query(),
                seen.from(),
                seen.to(),
                seen.stable(),
                List.of(0.1, 0.2, 0.3),
                seen.digest());
        assertEquals(Optional.empty(), Judge.again(metric, changed));
        assertEquals(Optional.empty(), Judge.again(ROLLOUT, seen));
    }

    @Test
    void theScoreWeighsGatesAndAKeyGateDecidesAlone() {
        var thresholds = new Stage2.Score(95, 75);
        assertEquals(
                Result.PASS,
                score(thresholds, weighed("a", 19, false, Result.PASS), weighed("b", 1, false, Result.FAIL)));
        assertEquals(
                Result.HOLD,
                score(thresholds, weighed("a", 8, false, Result.PASS), weighed("b", 2, false, Result.FAIL)));
        assertEquals(
                Result.FAIL,
                score(thresholds, weighed("a", 7, false, Result.PASS), weighed("b", 3, false, Result.FAIL)));
        assertEquals(
                Result.HOLD,
                score(thresholds, weighed("a", 7, false, Result.PASS), weighed("b", 3, false, Result.HOLD)));
        assertEquals(
                Result.FAIL,
                score(thresholds, weighed("a", 99, false, Result.PASS), weighed("b", 1, true, Result.FAIL)));
        assertEquals(
                Result.HOLD,
                score(thresholds, weighed("a", 99, false, Result.PASS), weighed("b", 1, true, Result.HOLD)));
        assertEquals(Result.HOLD, score(thresholds));
    }

    private static Result score(Stage2.Score thresholds, Judged... gates) {
        return Score.of(thresholds, List.of(gates)).verdict();
    }

    private static Judged weighed(String name, int weight, boolean key, Result verdict) {
        return new Judged(name, new Stake(true, false, weight, key), verdict);
    }

    private static void again(Gate gate, Observation seen) {
        GateEvaluation first = judged(gate, seen);
        var codec = new EventCodec();
        var event = new GateEvaluated(Gates.WINDOW.to(), new Actor("ada"), first);
        var stored = (GateEvaluated) codec.decode(codec.encode(PROMOTION, 3, event));
        GateEvaluation second = Judge.again(gate, stored.evaluation()).orElseThrow();
        assertEquals(first.verdict(), second.verdict());
        assertEquals(first.digest(), second.digest());
    }

    private static GateEvaluation judged(Gate gate, Observation seen) {
        return Judge.judge(gate, seen, Gates.WINDOW, Look.of(2, 3));
    }

    private static RolloutProgress progress(int desired, int ready, int seconds) {
        return new RolloutProgress(desired, desired, ready, Duration.ofSeconds(seconds), Optional.empty());
    }

    private static Exchanges requests(int fast, int millis, int slow, int slowMillis) {
        var all = new ArrayList<>(Collections.nCopies(fast, new Exchange(true, true, true, Duration.ofMillis(millis))));
        all.addAll(Collections.nCopies(slow, new Exchange(true, true, true, Duration.ofMillis(slowMillis))));
        return new Exchanges(all);
    }
}
