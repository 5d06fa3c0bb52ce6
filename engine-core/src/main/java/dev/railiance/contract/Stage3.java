package dev.railiance.contract;

import java.util.List;

/**
 * Production.
 *
 * @param values files relative to the repository, after those of {@link Deploy#values()}
 * @param steps rising weights; never empty where the mode is {@link Mode#WEIGHTED}
 * @param gates what must hold after the promotion
 */
public record Stage3(Mode mode, List<String> values, List<WeightStep> steps, List<Gate> gates) {

    public Stage3 {
        values = List.copyOf(values);
        steps = List.copyOf(steps);
        gates = List.copyOf(gates);
    }

    /** Whether production takes all traffic at once or in steps. */
    public enum Mode {
        DIRECT,
        WEIGHTED
    }
}
