package dev.railiance.projection;

import dev.railiance.promotion.PromotionId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was delivered to one target, or to several together. */
final class TargetDelivery {

    private static final long MILLIS_OF_DAY = Duration.ofDays(1).toMillis();

    private final Durations intervals = new Durations();
    private final Durations leadTimes = new Durations();
    private final Durations restorations = new Durations();
    private final Map<PromotionId, Failure> failures = new LinkedHashMap<>();
    private @Nullable Instant lastDeployment;
    private long deployments;
    private long changes;
    private long failed;
    private long unrestored;

    private record Failure(Instant since, boolean counts) {}

    /** Production runs a promotion; {@code counts} if the instant is in the period. */
    void deployed(Instant opened, Instant at, boolean counts) {
        if (counts) {
            deployments++;
            changes++;
            leadTimes.add(opened, at);
            if (lastDeployment != null) {
                intervals.add(lastDeployment, at);
            }
            lastDeployment = lastDeployment == null || at.isAfter(lastDeployment) ? at : lastDeployment;
        }
        // The ledger is not always in the order of time: what was imported may be older than the failures before it.
        failures.values().removeIf(failure -> {
            boolean over = !failure.since().isAfter(at);
            if (over) {
                restored(failure, at);
            }
            return over;
        });
    }

    /** A change of production did not come up. */
    void notDeployed(PromotionId promotion, Instant at, boolean counts) {
        if (counts) {
            changes++;
            failed++;
        }
        failures.putIfAbsent(promotion, new Failure(at, counts));
    }

    /**
     * What was deployed has to be taken back.
     *
     * @param deploymentCounts whether the deployment was in the period
     * @param counts whether this is
     */
    void takenBack(PromotionId promotion, Instant at, boolean deploymentCounts, boolean counts) {
        failed += deploymentCounts ? 1 : 0;
        failures.putIfAbsent(promotion, new Failure(at, counts));
    }

    /** The state before a promotion is proven restored. */
    void rolledBack(PromotionId promotion, Instant at) {
        Failure failure = failures.remove(promotion);
        if (failure != null) {
            restored(failure, at);
        }
    }

    private void restored(Failure failure, Instant at) {
        if (failure.counts()) {
            restorations.add(failure.since(), at);
        }
    }

    /** Takes the samples of another target in. */
    void addAll(TargetDelivery other) {
        intervals.addAll(other.intervals);
        leadTimes.addAll(other.leadTimes);
        restorations.addAll(other.restorations);
        deployments += other.deployments;
        changes += other.changes;
        failed += other.failed;
        unrestored += other.open();
    }

    private long open() {
        return unrestored + failures.values().stream().filter(Failure::counts).count();
    }

    Statistics.Measures measures(Optional<Statistics.Period> period) {
        return new Statistics.Measures(
                new Statistics.Frequency(deployments, period.flatMap(this::perDay), intervals.spread()),
                leadTimes.spread(),
                new Statistics.FailureRate(
                        changes, failed, changes == 0 ? Optional.empty() : Optional.of(quotient(failed, changes))),
                new Statistics.Restoration(restorations.spread(), open()));
    }

    private Optional<BigDecimal> perDay(Statistics.Period period) {
        long millis = Duration.between(period.from(), period.to()).toMillis();
        return millis < MILLIS_OF_DAY
                ? Optional.empty()
                : Optional.of(quotient(Math.multiplyExact(deployments, MILLIS_OF_DAY), millis));
    }

    private static BigDecimal quotient(long dividend, long divisor) {
        BigDecimal exact = BigDecimal.valueOf(dividend)
                .divide(BigDecimal.valueOf(divisor), 4, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }
}
