package dev.railiance.promotion;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One look at a gate, with all that the verdict was made from, so that it can be made again from the ledger alone.
 *
 * @param gate its name in the contract
 * @param verdict what the judge said
 * @param reason the judge's words and numbers
 * @param query what was asked of the metric source
 * @param from start of the window looked at
 * @param to end of the window
 * @param stable samples of the running version, where the gate compares
 * @param canary samples of the canary
 * @param digest over query, window and samples
 */
public record GateEvaluation(
        String gate,
        Result verdict,
        String reason,
        Optional<String> query,
        Instant from,
        Instant to,
        List<Double> stable,
        List<Double> canary,
        Digest digest) {

    public GateEvaluation {
        stable = List.copyOf(stable);
        canary = List.copyOf(canary);
    }

    /** What a judge can say. */
    public enum Result {
        PASS,
        FAIL,
        /** No data, too few samples or no metric source: nothing advances. */
        HOLD
    }
}
