package dev.railiance.metric.micrometer;

import dev.railiance.metric.EngineMetrics;
import dev.railiance.metric.Measurement;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;

/**
 * Meters in a registry of Micrometer, each made when there is something to count. Several engines may share a registry; their
 * meters are added up then.
 */
public final class MicrometerMetrics implements EngineMetrics {

    private final MeterProvider<Timer> commands;
    private final MeterProvider<Counter> refusals;
    private final MeterProvider<Timer> appends;
    private final MeterProvider<Counter> conflicts;
    private final MeterProvider<Timer> runs;
    private final MeterProvider<Timer> queries;

    /** Metrics in {@code registry}, which stays the caller's to close. */
    public MicrometerMetrics(MeterRegistry registry) {
        commands = timer(registry, "railiance.command", "Commands on promotions, waiting for the ledger included");
        refusals = counter(registry, "railiance.refusal", "Commands that were refused, by reason");
        appends = timer(registry, "railiance.ledger.append", "Transactions that append the events of a command");
        conflicts = counter(registry, "railiance.ledger.conflict", "Appends for which somebody else was faster");
        runs = timer(registry, "railiance.run", "Stage 1, the commands of the contract included");
        queries = timer(registry, "railiance.query", "Questions to the ledger, waiting for it included");
    }

    @Override
    public void record(Measurement measurement) {
        switch (measurement) {
            case Measurement.Command command -> {
                commands.withTags("command", value(command.trigger()), "outcome", value(command.outcome()))
                        .record(command.took());
                command.refusal()
                        .ifPresent(code -> refusals.withTag("code", value(code)).increment());
            }
            case Measurement.Append append -> {
                appends.withTag("outcome", value(append.outcome())).record(append.took());
                if (append.outcome().isConflict()) {
                    conflicts.withTag("cause", value(append.outcome())).increment();
                }
            }
            case Measurement.Run run ->
                runs.withTag(
                                "verdict",
                                run.verdict().map(MicrometerMetrics::value).orElse("none"))
                        .record(run.took());
            case Measurement.Query query ->
                queries.withTag("outcome", query.answered() ? "answered" : "failed")
                        .record(query.took());
        }
    }

    private static MeterProvider<Timer> timer(MeterRegistry registry, String name, String description) {
        return Timer.builder(name).description(description).withRegistry(registry);
    }

    private static MeterProvider<Counter> counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).withRegistry(registry);
    }

    private static String value(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
