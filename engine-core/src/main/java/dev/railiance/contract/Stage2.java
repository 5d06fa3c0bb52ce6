package dev.railiance.contract;

import java.util.List;
import java.util.Optional;

/**
 * The canary: how it gets its traffic, and the gates that judge it.
 *
 * @param host where the canary answers, when it has an address of its own
 * @param values files relative to the repository, after those of {@link Deploy#values()}
 * @param steps rising weights; never empty where the mode is {@link Mode#WEIGHTED}
 */
public record Stage2(
        Mode mode,
        Router router,
        Optional<String> host,
        List<String> values,
        List<WeightStep> steps,
        Optional<Score> score,
        List<Gate> gates) {

    public Stage2 {
        values = List.copyOf(values);
        steps = List.copyOf(steps);
        gates = List.copyOf(gates);
    }

    /** Whether the canary stands beside production without its traffic, or takes a share of it. */
    public enum Mode {
        ISOLATED,
        WEIGHTED
    }

    /** What divides the traffic; not {@link #NONE} exactly where the mode is weighted. */
    public enum Router {
        NONE,
        TRAEFIK,
        GATEWAY_API,
        REPLICAS
    }

    /** Weighted score of all gates, in percent: at least {@code pass} passes, at least {@code warn} holds. */
    public record Score(int pass, int warn) {}
}
