package dev.railiance.promotion;

import java.time.Duration;
import java.util.Optional;

/**
 * One step of a validation and what came of it.
 *
 * @param name as the contract calls it
 * @param kind what sort of step it was
 * @param verdict what came of it
 * @param duration how long it took, whole milliseconds
 * @param reason why it did not pass, in the engine's own words and numbers ("exit code 1, expected 0"): never a word of
 *     what a command printed, an endpoint answered or the environment holds
 */
public record Step(String name, Kind kind, Verdict verdict, Duration duration, Optional<String> reason) {

    /** The sorts of steps, in the order in which they come. */
    public enum Kind {
        PREREQUISITE,
        COMMAND,
        TARGET,
        CHECK,
        EVIDENCE
    }
}
