package dev.railiance.projection;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How software is delivered, by the four measures of DORA: {@code railiance.statistics.v1}. The definitions are those of
 * <em>DORA's software delivery metrics: the four keys</em> (dora.dev/guides/dora-metrics-four-keys) and of Forsgren,
 * Humble and Kim, <em>Accelerate</em> (2018), chapter 2, as far as the ledger can tell:
 *
 * <ul>
 *   <li>a <b>deployment</b> is a {@code promotion.promoted}, at its instant;
 *   <li>the <b>lead time</b> of a deployment goes from {@code promotion.opened} to {@code promotion.promoted} of the same
 *       promotion. DORA counts from the commit, of which the ledger has the name and not the time: theirs is longer by the
 *       time between the commit and the first {@code railiance run} of it;
 *   <li>a <b>change of production</b> is a {@code promotion.promoted}, a {@code promotion.promote-failed}, or a
 *       {@code promotion.rollback-started} after a {@code promotion.promote-started} that came to neither. It <b>failed</b>
 *       unless it is a {@code promotion.promoted} without a {@code promotion.rollback-started} of the same promotion after it;
 *   <li>the <b>time to restore</b> goes from the failure, that is {@code promotion.promote-failed} or the
 *       {@code promotion.rollback-started} that makes a change a failed one, to the first later
 *       {@code promotion.rolled-back} of the same promotion or {@code promotion.promoted} of the same target. Users may
 *       have noticed a failure before anybody recorded it.
 * </ul>
 *
 * @param app the only app that is looked at; empty: all
 * @param environment the only environment that is looked at; empty: all
 * @param period what is looked at; empty where nothing is recorded in it
 * @param total over all targets
 * @param targets each alone, by name
 */
@JsonPropertyOrder({"schema", "app", "environment", "period"})
public record Statistics(
        String schema,
        Optional<String> app,
        Optional<String> environment,
        Optional<Period> period,
        Measures total,
        List<OfTarget> targets) {

    /** The name of this document's schema. */
    public static final String SCHEMA = "railiance.statistics.v1";

    public Statistics {
        targets = List.copyOf(targets);
    }

    /**
     * What is looked at.
     *
     * @param app the only app; empty: all
     * @param environment the only environment; empty: all
     * @param since the first instant; empty: that of the first event
     * @param until the first instant after it, from which on nothing is known; empty: after the last event
     */
    public record Scope(
            Optional<String> app, Optional<String> environment, Optional<Instant> since, Optional<Instant> until) {

        /** Everything. */
        public static final Scope ALL =
                new Scope(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * From an instant on and before another, which is later.
     *
     * @param toLastEvent whether it ends with the last event because no end was asked for; what has passed since then is not
     *     in it
     */
    public record Period(Instant from, Instant to, boolean toLastEvent) {}

    /** The measures of one target. */
    public record OfTarget(String app, String environment, Measures measures) {}

    /** The four. */
    public record Measures(
            Frequency deploymentFrequency, Spread leadTime, FailureRate changeFailureRate, Restoration timeToRestore) {}

    /**
     * How often.
     *
     * @param deployments in the period
     * @param perDay deployments by the days of the period, to four decimals; absent where the period is shorter than a day
     * @param interval between one deployment of a target and its next, in the period
     */
    public record Frequency(long deployments, Optional<BigDecimal> perDay, Spread interval) {}

    /**
     * How often a change fails.
     *
     * @param changes of production in the period
     * @param failed of these
     * @param rate failed by changes, to four decimals; absent where there is no change
     */
    public record FailureRate(long changes, long failed, Optional<BigDecimal> rate) {}

    /**
     * How fast failures are over.
     *
     * @param restored failures of the period that are over
     * @param unrestored failures of the period that are not
     */
    public record Restoration(Spread restored, long unrestored) {}

    /**
     * Durations in whole milliseconds. A percentile is by nearest rank: the smallest of the samples that at least so many
     * percent of them do not exceed; it always is one of the samples.
     *
     * @param samples how many there are
     * @param medianMs the 50th percentile; absent where there is none
     * @param p90Ms the 90th percentile; absent where there is none
     */
    public record Spread(long samples, Optional<Long> medianMs, Optional<Long> p90Ms) {}
}
