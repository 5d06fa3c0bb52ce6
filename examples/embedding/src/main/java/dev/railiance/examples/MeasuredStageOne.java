package dev.railiance.examples;

import dev.railiance.EngineSettings;
import dev.railiance.PromotionEngine;
import dev.railiance.RunRequest;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.metric.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;

/** Runs Stage 1 of the repository that is its argument, and prints what the engine's meters show then. */
public final class MeasuredStageOne {

    private MeasuredStageOne() {}

    public static void main(String[] arguments) {
        Path repository = Path.of(arguments.length == 0 ? "." : arguments[0]);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        run(repository, registry);
        System.out.println(registry.getMetersAsString());
    }

    private static void run(Path repository, MeterRegistry registry) {
        EngineSettings settings =
                EngineSettings.of(LedgerLocation.of(repository)).withMetrics(new MicrometerMetrics(registry));
        try (PromotionEngine engine = PromotionEngine.open(settings)) {
            engine.run(RunRequest.of(repository));
        }
    }
}
