package dev.railiance.contract;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where to look at the running application.
 *
 * @param prometheus base address of the Prometheus API; always present where a gate queries a metric
 * @param logs a hint for people, never run
 */
public record Observability(
        Optional<String> prometheus, Optional<Metrics> metrics, List<String> dashboards, Optional<String> logs) {

    public Observability {
        dashboards = List.copyOf(dashboards);
    }

    /** The endpoint with the application's own metrics; without a port it is that of {@link Health#port()}. */
    public record Metrics(String path, OptionalInt port) {}
}
