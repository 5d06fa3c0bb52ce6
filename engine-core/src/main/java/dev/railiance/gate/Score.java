package dev.railiance.gate;

import dev.railiance.contract.Gate.Stake;
import dev.railiance.contract.Stage2;
import dev.railiance.promotion.GateEvaluation.Result;
import java.util.List;

/**
 * The weighted score of a stage's gates.
 *
 * @param verdict of all gates together
 * @param percent the weight of gates that passed in the weight of all; 0 where none counts
 * @param reason for people
 */
public record Score(Result verdict, double percent, String reason) {

    /** How one gate was judged, and how much it counts. */
    public record Judged(String gate, Stake stake, Result verdict) {}

    /**
     * The score of gates against the contract's thresholds. Shadow gates do not count. A key gate that fails fails all; one that
     * holds keeps all from passing.
     */
    public static Score of(Stage2.Score thresholds, List<Judged> gates) {
        List<Judged> counted =
                gates.stream().filter(gate -> !gate.stake().shadow()).toList();
        long all = counted.stream().mapToLong(gate -> gate.stake().weight()).sum();
        if (all == 0) {
            return new Score(Result.HOLD, 0, "no gate counts");
        }
        long passed = counted.stream()
                .filter(gate -> gate.verdict() == Result.PASS)
                .mapToLong(gate -> gate.stake().weight())
                .sum();
        double percent = 100.0 * passed / all;
        String said = "score " + Ruling.number(percent) + ", pass from " + thresholds.pass() + ", warn from "
                + thresholds.warn();
        for (Judged gate : counted) {
            if (gate.stake().key() && gate.verdict() == Result.FAIL) {
                return new Score(Result.FAIL, percent, "key gate " + gate.gate() + " fails; " + said);
            }
        }
        for (Judged gate : counted) {
            if (gate.stake().key() && gate.verdict() == Result.HOLD) {
                return new Score(Result.HOLD, percent, "key gate " + gate.gate() + " holds; " + said);
            }
        }
        if (percent >= thresholds.pass()) {
            return new Score(Result.PASS, percent, said);
        }
        // Gates that hold may pass yet: the score fails only where they could not save it.
        long open = counted.stream()
                .filter(gate -> gate.verdict() == Result.HOLD)
                .mapToLong(gate -> gate.stake().weight())
                .sum();
        boolean lost = 100.0 * (passed + open) / all < thresholds.warn();
        return new Score(lost ? Result.FAIL : Result.HOLD, percent, said);
    }
}
