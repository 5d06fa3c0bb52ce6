package dev.railiance.promotion;

/** Where a promotion stands. Which phase follows which is in {@link Lifecycle} and nowhere else. */
public enum Phase {
    /** Before its first event. */
    NEW(1, Hold.NONE),
    /** Known, not yet validated. */
    OPENED(1, Hold.NONE),
    /** Stage 1 is at work. */
    VALIDATING(1, Hold.NONE),
    /** Stage 1 passed. */
    VALIDATED(1, Hold.NONE),
    /** A canary is being deployed. */
    CANARY_DEPLOYING(2, Hold.DEPLOYED),
    /** The canary runs and is being judged. */
    CANARY_DEPLOYED(2, Hold.DEPLOYED),
    /** Every required gate passed. */
    GATES_PASSED(2, Hold.DEPLOYED),
    /** Production is allowed. */
    APPROVED(3, Hold.DEPLOYED),
    /** Production is being changed. */
    PROMOTING(3, Hold.DEPLOYED),
    /** In production. */
    PROMOTED(3, Hold.SETTLED),
    /** The previous state is being restored. */
    ROLLING_BACK(3, Hold.DEPLOYED),
    /** The previous state was proven restored. */
    ROLLED_BACK(3, Hold.END),
    /** Given up before anything was deployed. */
    ABORTED(1, Hold.END),
    /** A newer promotion of the same target took its place. */
    SUPERSEDED(3, Hold.END);

    private enum Hold {
        NONE,
        DEPLOYED,
        SETTLED,
        END
    }

    private final int stage;
    private final Hold hold;

    Phase(int stage, Hold hold) {
        this.stage = stage;
        this.hold = hold;
    }

    /** The stage of the lifecycle that this phase belongs to: 1, 2 or 3. */
    public int stage() {
        return stage;
    }

    /** Whether nothing can happen to the promotion any more. */
    public boolean end() {
        return hold == Hold.END;
    }

    /** Whether the promotion holds its target, so that no other may deploy there. */
    public boolean inFlight() {
        return hold == Hold.DEPLOYED;
    }

    /** Whether something of this promotion may run on production infrastructure. */
    public boolean deployed() {
        return hold == Hold.DEPLOYED || hold == Hold.SETTLED;
    }
}
