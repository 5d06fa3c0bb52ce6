package dev.railiance.cli.output;

import dev.railiance.projection.Statistics;
import dev.railiance.projection.Statistics.Measures;
import dev.railiance.projection.Statistics.Spread;
import java.util.Optional;

/** How software is delivered, for people. */
public final class StatisticsView {

    private static final int LABEL = 17;
    private static final String NOTHING = "no data";
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private StatisticsView() {}

    /** The four measures, over all and for each target. */
    public static String of(Statistics statistics, Reply reply) {
        var lines = new LabelledLines(LABEL, reply.terminal().columns());
        lines.line(
                "period",
                statistics
                        .period()
                        .map(period -> Words.moment(period.from()) + " to " + Words.moment(period.to())
                                + (period.toLastEvent() ? ", the last event" : ""))
                        .orElse(NOTHING));
        measures(lines, statistics.total());
        if (statistics.targets().size() > 1) {
            for (Statistics.OfTarget target : statistics.targets()) {
                lines.blank();
                lines.line("target", target.app() + " to " + target.environment());
                measures(lines, target.measures());
            }
        }
        return lines.toString();
    }

    private static void measures(LabelledLines lines, Measures measures) {
        Statistics.Frequency frequency = measures.deploymentFrequency();
        lines.line(
                "deployments",
                frequency.deployments()
                        + frequency
                                .perDay()
                                .map(perDay -> ", " + perDay.toPlainString() + " a day")
                                .orElse("")
                        + frequency
                                .interval()
                                .medianMs()
                                .map(every -> ", median " + span(every) + " apart")
                                .orElse(""));
        lines.line("lead time", spread(measures.leadTime()));
        Statistics.FailureRate failures = measures.changeFailureRate();
        lines.line(
                "failed changes",
                failures.rate()
                        .map(rate -> failures.failed() + " of " + failures.changes() + ", "
                                + rate.movePointRight(2).toPlainString() + " %")
                        .orElse(NOTHING));
        long unrestored = measures.timeToRestore().unrestored();
        lines.line(
                "time to restore",
                spread(measures.timeToRestore().restored())
                        + (unrestored > 0 ? "; " + unrestored + " not restored yet" : ""));
    }

    private static String spread(Spread spread) {
        Optional<Long> median = spread.medianMs();
        return median.isEmpty()
                ? NOTHING
                : "median " + span(median.get()) + ", 90 % within "
                        + span(spread.p90Ms().orElse(0L)) + " (of " + spread.samples() + ")";
    }

    /** Hours and days where {@link Words#span} would give a large number of minutes. */
    private static String span(long millis) {
        if (millis < HOUR) {
            return Words.span(millis);
        }
        return millis < DAY
                ? millis / HOUR + " h " + two(millis % HOUR / MINUTE) + " min"
                : millis / DAY + " d " + two(millis % DAY / HOUR) + " h";
    }

    private static String two(long number) {
        return (number < 10 ? "0" : "") + number;
    }
}
