package dev.railiance.promotion;

/** What came of a step, and of all of them together. */
public enum Verdict {
    /** It was checked and the answer was yes. */
    PASSED,
    /** It was checked and the answer was no. */
    FAILED,
    /** It could not be checked: something was missing, timed out or was interrupted. Never counts as passed. */
    ERRORED,
    /** It was optional and what it needs is not there. */
    SKIPPED;

    /** The verdict over both: an error outweighs a failure, a failure a pass, a pass a skipped step. */
    public Verdict and(Verdict other) {
        return severity() >= other.severity() ? this : other;
    }

    private int severity() {
        return switch (this) {
            case SKIPPED -> 0;
            case PASSED -> 1;
            case FAILED -> 2;
            case ERRORED -> 3;
        };
    }
}
