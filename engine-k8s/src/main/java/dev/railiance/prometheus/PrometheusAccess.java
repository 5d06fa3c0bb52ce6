package dev.railiance.prometheus;

import dev.railiance.contract.value.SecretLocation;
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
public record PrometheusAccess(URI base, Credential credential, Optional<Path> authority, Duration timeLimit) {

    public PrometheusAccess {
        if (base.getHost() == null || !("http".equals(base.getScheme()) || "https".equals(base.getScheme()))) {
            throw new IllegalArgumentException("Prometheus is asked by http or https");
        }
        if (base.getUserInfo() != null || base.getQuery() != null || base.getFragment() != null) {
            throw new IllegalArgumentException("the address of Prometheus has no credentials, query or fragment");
        }
        if (timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException("a request needs a time limit above zero");
        }
    }

    /** How the engine says who it is. */
    public sealed interface Credential {

        record None() implements Credential {}

        record Bearer(SecretLocation token) implements Credential {}

        record Basic(String user, SecretLocation password) implements Credential {}
    }

    URI at(String path) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }
}
