package dev.railiance.contract;

import dev.railiance.contract.value.PrometheusAddress;
import dev.railiance.contract.value.SecretLocation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where to look at the running application.
 *
 * @param prometheus always present where a gate queries a metric
 * @param logs a hint for people, never run
 */
public record Observability(
        Optional<Prometheus> prometheus, Optional<Metrics> metrics, List<String> dashboards, Optional<String> logs) {

    public Observability {
        dashboards = List.copyOf(dashboards);
    }

    /**
     * How to reach the Prometheus that has the application's metrics.
     *
     * @param authority a PEM file in the repository with the certificates to trust instead of the JDK's
     * @param timeout for one request with its whole answer
     */
    public record Prometheus(
            PrometheusAddress address, Credential credential, Optional<String> authority, Duration timeout) {}

    /** How the engine says to Prometheus who it is. */
    public sealed interface Credential {

        record None() implements Credential {}

        record Bearer(SecretLocation token) implements Credential {}

        record Basic(String user, SecretLocation password) implements Credential {}
    }

    /** The endpoint with the application's own metrics; without a port it is that of {@link Health#port()}. */
    public record Metrics(String path, OptionalInt port) {}
}
