package dev.railiance.prometheus;

import dev.railiance.contract.Observability;
import dev.railiance.http.HttpRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach a Prometheus.
 *
 * @param base address that {@code /api/v1} is added to, http or https
 * @param authority a PEM file with the certificates to trust instead of the JDK's
 * @param timeLimit for one request with its whole answer
 */
public record PrometheusAccess(
        URI base, Observability.Credential credential, Optional<Path> authority, Duration timeLimit) {

    /** @throws IllegalArgumentException when that cannot be asked */
    public PrometheusAccess {
        HttpRequest.of("GET", base);
        if (base.getUserInfo() != null || base.getQuery() != null || base.getFragment() != null) {
            throw new IllegalArgumentException("the address of Prometheus has no credentials, query or fragment");
        }
        if (timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException("a request needs a time limit above zero");
        }
    }

    URI at(String path) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }
}
