package dev.railiance.ledger;

/** The ledger could not do what was asked. The message is fit for people and quotes neither SQL nor payloads. */
public final class LedgerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** Another process, or another thread of this one, keeps the ledger for longer than one waits, or the wait was interrupted. */
        BUSY,
        /** Somebody else appended first; reading again and retrying is right. */
        CONFLICT,
        /** Another promotion is in flight on the target. */
        TARGET_HELD,
        /** The work was done under a lease that somebody has taken over meanwhile. */
        LEASE_LOST,
        /** No permission, no space, no directory, no connection. */
        UNAVAILABLE,
        /** What is stored is not a ledger, or broken: events are missing, or somebody else has changed it. */
        DAMAGED,
        /** Files of the ledger are missing, or are no ledger's: from what is left nothing can be found out. */
        UNREADABLE,
        /** A newer Railiance wrote it; it has not been touched. */
        FUTURE_VERSION
    }

    private final Kind kind;
    private final String explanation;

    /** An exception without a cause. */
    public LedgerException(Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.explanation = message;
    }

    /** An exception with its cause, for logs only. */
    public LedgerException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.explanation = message;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** What went wrong, for people. */
    public String explanation() {
        return explanation;
    }
}
