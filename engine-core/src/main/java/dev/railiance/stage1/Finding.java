package dev.railiance.stage1;

import dev.railiance.promotion.Verdict;
import java.util.Optional;

/** What one piece of work found; the reason is in the engine's own words and numbers. */
record Finding(Verdict verdict, Optional<String> reason) {

    static final Finding PASSED = new Finding(Verdict.PASSED, Optional.empty());
    static final Finding INTERRUPTED = errored("interrupted");

    static Finding failed(String reason) {
        return new Finding(Verdict.FAILED, Optional.of(reason));
    }

    static Finding errored(String reason) {
        return new Finding(Verdict.ERRORED, Optional.of(reason));
    }

    /** What a check needs is not there: that skips an optional one. */
    static Finding missing(boolean optional, String reason) {
        return new Finding(optional ? Verdict.SKIPPED : Verdict.ERRORED, Optional.of(reason));
    }

    boolean passed() {
        return verdict == Verdict.PASSED;
    }
}
