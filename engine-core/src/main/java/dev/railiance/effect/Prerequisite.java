package dev.railiance.effect;

import dev.railiance.promotion.Verdict;
import java.util.Optional;

/**
 * Something without which nothing is deployed.
 *
 * @param verdict skipped where it could not be looked at because of another one, or is not required
 * @param reason what was found, where there is something to say
 * @param fix one command that can be run, where there is one
 */
public record Prerequisite(String name, Verdict verdict, Optional<String> reason, Optional<String> fix) {

    /** Names that others ask for. */
    public static final String CLUSTER = "cluster";

    public static final String CONTEXT = "context";

    /** It is as it should be. */
    public static Prerequisite met(String name, String found) {
        return new Prerequisite(name, Verdict.PASSED, Optional.of(found), Optional.empty());
    }

    /** It is not. */
    public static Prerequisite unmet(String name, String reason, String fix) {
        return new Prerequisite(name, Verdict.FAILED, Optional.of(reason), runnable(fix));
    }

    /** It could not be found out. */
    public static Prerequisite unknown(String name, String reason, String fix) {
        return new Prerequisite(name, Verdict.ERRORED, Optional.of(reason), runnable(fix));
    }

    /** It was not looked at, or its absence does not matter. */
    public static Prerequisite skipped(String name, String reason) {
        return new Prerequisite(name, Verdict.SKIPPED, Optional.of(reason), Optional.empty());
    }

    private static Optional<String> runnable(String fix) {
        return fix.isEmpty() ? Optional.empty() : Optional.of(fix);
    }

    /** Whether it stands in nobody's way. */
    public boolean met() {
        return verdict == Verdict.PASSED || verdict == Verdict.SKIPPED;
    }
}
