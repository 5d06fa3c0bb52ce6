package dev.railiance.contract;

import java.time.Duration;
import java.util.Optional;

/**
 * A part of the platform that a canary needs.
 *
 * @param kind what it is, in the team's words
 * @param required whether a canary is refused where the check says no
 */
public record Dependency(String name, String kind, boolean required, Probe probe) {

    /** How to find out whether the dependency is there. */
    public sealed interface Probe {

        /** An HTTP request, a TCP connection or a command. */
        record ByCheck(Check check) implements Probe {}

        /**
         * A resource in the cluster whose condition must be true.
         *
         * @param resource {@code kind/name} as kubectl takes it
         * @param namespace that of the deployment where the contract gives none
         */
        record Resource(String resource, String condition, Optional<String> namespace, Duration timeout)
                implements Probe {}
    }
}
