package dev.railiance.contract;

import java.time.Duration;
import java.util.Optional;

/** One question that decides whether a stage goes on; what is asked is in the record, how much it counts in {@link Stake}. */
public sealed interface Gate {

    /** What people and documents call this gate; unique in its stage. */
    String name();

    /** How much the answer counts. */
    Stake stake();

    /**
     * How much a gate's answer counts.
     *
     * @param required whether the stage cannot go on without a pass
     * @param shadow judged and recorded, but without any effect
     * @param weight share in the stage's score, at least 1
     * @param key whether a fail of this gate fails the score whatever the others say
     */
    record Stake(boolean required, boolean shadow, int weight, boolean key) {}

    /** What a gate says when its metric has no data. */
    enum NoData {
        HOLD,
        FAIL,
        PASS
    }

    /** How a metric's samples are compared with the limit. */
    enum Comparison {
        LESS("<"),
        AT_MOST("<="),
        MORE(">"),
        AT_LEAST(">="),
        EQUAL("=="),
        NOT_EQUAL("!=");

        private final String symbol;

        Comparison(String symbol) {
            this.symbol = symbol;
        }

        /** As the contract writes it. */
        public String symbol() {
            return symbol;
        }
    }

    /** Which of two values of a metric is the better one. */
    enum Direction {
        LOWER_IS_BETTER,
        HIGHER_IS_BETTER
    }

    /** How often a query is asked, how far apart, and what no answer means. */
    record Sampling(int samples, Duration interval, NoData onNoData) {}

    /** The rollout is complete within the time given. */
    record Rollout(String name, Stake stake, Duration timeout) implements Gate {}

    /** The pods are ready and none has restarted more often than allowed. */
    record Pods(String name, Stake stake, int maxRestarts) implements Gate {}

    /**
     * A number of HTTP requests, all with the status and text wanted, and fast enough at the percentile.
     *
     * @param percentile 1 to 100, of the latencies that {@code maxLatency} limits
     * @param timeout of one request
     */
    record Http(
            String name,
            Stake stake,
            String url,
            String method,
            int status,
            Optional<String> bodyContains,
            int percentile,
            Optional<Duration> maxLatency,
            int requests,
            Duration timeout)
            implements Gate {}

    /** The samples of a Prometheus query, against a limit. */
    record Metric(String name, Stake stake, String query, Comparison comparison, double limit, Sampling sampling)
            implements Gate {}

    /**
     * A Prometheus query for the canary and for the stable version, compared statistically.
     *
     * @param query with {@code $TRACK} where the track's name goes
     * @param tolerance by how much of the stable value the canary may be worse, 0.1 being ten percent
     */
    record Compare(String name, Stake stake, String query, Direction direction, double tolerance, Sampling sampling)
            implements Gate {}

    /** A program that ends with {@code exitCode}. */
    record Command(String name, Stake stake, DeclaredCommand command, int exitCode) implements Gate {}
}
