package dev.railiance.failure;

/**
 * Why something was not done.
 *
 * @param code for programs; never renamed once released
 * @param message for people: what, which object, what it is and what it should be
 * @param hint what to do next, one runnable command where there is one
 */
public record Failure(Code code, String message, String hint) {

    /** What can go wrong, each with the category that decides the exit code. */
    public enum Code {
        INTERNAL(Category.BUG),

        USAGE(Category.USAGE),
        CONTRACT_INVALID(Category.USAGE),
        KEY_UNUSABLE(Category.USAGE),
        ANCHOR_INVALID(Category.USAGE),
        BUNDLE_INVALID(Category.USAGE),
        SAMPLES_INVALID(Category.USAGE),

        ILLEGAL_TRANSITION(Category.REFUSED),
        PROMOTION_ENDED(Category.REFUSED),
        ARTIFACT_NOT_FIXED(Category.REFUSED),
        APPROVAL_MISSING(Category.REFUSED),
        APPROVAL_STANDS(Category.REFUSED),
        APPROVAL_EXPIRED(Category.REFUSED),
        NOT_AN_APPROVER(Category.REFUSED),
        REQUESTER_EXCLUDED(Category.REFUSED),
        SIGNATURE_MISSING(Category.REFUSED),
        SIGNATURE_INVALID(Category.REFUSED),
        SIGNATURE_NAMESPACE(Category.REFUSED),
        KEY_UNKNOWN(Category.REFUSED),
        KEY_NOT_VALID(Category.REFUSED),
        SIGNERS_UNREADABLE(Category.REFUSED),
        SIGNERS_CHANGED(Category.REFUSED),
        STATEMENT_REPLAYED(Category.REFUSED),
        STATEMENT_INVALID(Category.USAGE),
        APPROVAL_WITHDRAWN(Category.REFUSED),
        EVIDENCE_CHANGED(Category.REFUSED),
        RULES_CHANGED(Category.REFUSED),
        PLAN_CHANGED(Category.REFUSED),
        GATE_NOT_DECLARED(Category.REFUSED),
        GATES_NOT_PASSED(Category.REFUSED),
        WEIGHT_NOT_DECLARED(Category.REFUSED),
        WEIGHTS_NOT_DONE(Category.REFUSED),
        WEIGHT_CHANGING(Category.REFUSED),
        FROZEN(Category.REFUSED),
        TARGET_BUSY(Category.REFUSED),
        HISTORY_DIVERGED(Category.REFUSED),
        PREREQUISITES_NOT_MET(Category.REFUSED),
        ROLLBACK_IMPOSSIBLE(Category.REFUSED),
        CLUSTER_REFUSED(Category.REFUSED),
        CHART_REFUSED(Category.REFUSED),
        DEPLOY_NOT_DECLARED(Category.USAGE),
        DIRECTORY_NOT_EMPTY(Category.REFUSED),
        PATH_LEADS_OUT(Category.REFUSED),

        REPOSITORY_NOT_FOUND(Category.NOT_FOUND),
        CONTRACT_NOT_FOUND(Category.NOT_FOUND),
        PROMOTION_NOT_FOUND(Category.NOT_FOUND),
        EVENT_NOT_FOUND(Category.NOT_FOUND),
        GATE_NOT_FOUND(Category.NOT_FOUND),
        SCHEMA_NOT_FOUND(Category.NOT_FOUND),

        PROMOTION_BUSY(Category.CONFLICT),
        ATTEMPT_STALE(Category.CONFLICT),
        CHANGED_CONCURRENTLY(Category.CONFLICT),
        LEDGER_BUSY(Category.CONFLICT),

        ROLLOUT_FAILED(Category.WORKLOAD),

        SOURCE_UNAVAILABLE(Category.TOOL),
        TOOL_UNAVAILABLE(Category.TOOL),
        CLUSTER_UNREACHABLE(Category.TOOL),
        INTERRUPTED(Category.TOOL),
        SIGNING_FAILED(Category.TOOL),
        OUTPUT_UNWRITABLE(Category.USAGE),

        LEDGER_UNAVAILABLE(Category.LEDGER),
        LEDGER_DAMAGED(Category.LEDGER),
        LEDGER_TAMPERED(Category.LEDGER),
        STATUS_DIFFERS(Category.LEDGER),
        LEDGER_FUTURE_VERSION(Category.LEDGER);

        private final Category category;

        Code(Category category) {
            this.category = category;
        }

        /** What the caller can do about it, in one of a few ways. */
        public Category category() {
            return category;
        }
    }

    /** The classes of failures, each with its exit code. */
    public enum Category {
        BUG(1),
        USAGE(2),
        REFUSED(3),
        NOT_FOUND(4),
        CONFLICT(5),
        WORKLOAD(6),
        TOOL(7),
        LEDGER(8);

        private final int exitCode;

        Category(int exitCode) {
            this.exitCode = exitCode;
        }

        /** The exit code of a command that ends so. */
        public int exitCode() {
            return exitCode;
        }
    }
}
