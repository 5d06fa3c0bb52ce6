package dev.railiance.contract;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One question with a yes or no. A check that is {@link #optional()} is skipped, not errored, where what it needs is
 * missing; it still fails where the answer is no.
 */
public sealed interface Check {

    /** What people and documents call this check. */
    String name();

    /** How long the check may take in all. */
    Duration timeout();

    /** Whether the check is skipped where it cannot be made. */
    boolean optional();

    /**
     * An HTTP request and what its answer must be.
     *
     * @param url http or https
     * @param method GET or HEAD
     * @param status the status code that the answer must have
     * @param bodyContains text that the body must contain
     * @param maxLatency longest time from sending the request to the end of the body
     */
    record Http(
            String name,
            Duration timeout,
            boolean optional,
            String url,
            String method,
            int status,
            Optional<String> bodyContains,
            Optional<Duration> maxLatency)
            implements Check {}

    /** A TCP connection that must be accepted; {@code address} is {@code host:port}. */
    record Tcp(String name, Duration timeout, boolean optional, String address) implements Check {}

    /** A regular file, relative to the repository, that must exist and be at least {@code minBytes} long. */
    record File(String name, Duration timeout, boolean optional, String path, long minBytes) implements Check {}

    /** A program that must end with {@code exitCode}. */
    record Command(String name, Duration timeout, boolean optional, DeclaredCommand command, int exitCode)
            implements Check {}

    /** A Helm chart, relative to the repository, that must render with the values files given, in order. */
    record HelmRender(String name, Duration timeout, boolean optional, String chart, List<String> values)
            implements Check {

        public HelmRender {
            values = List.copyOf(values);
        }
    }
}
