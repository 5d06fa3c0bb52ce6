package dev.railiance.promotion;

/**
 * Why a command was not carried out.
 *
 * @param code for programs; never renamed once released
 * @param message for people: what was asked, of what, and what stands against it
 */
public record Refusal(Code code, String message) {

    /** The reasons, each with its own remedy. */
    public enum Code {
        ILLEGAL_TRANSITION,
        PROMOTION_ENDED,
        ATTEMPT_STALE,
        ARTIFACT_NOT_FIXED,
        TARGET_BUSY,
        FROZEN,
        RULES_CHANGED,
        APPROVAL_MISSING,
        APPROVAL_STANDS,
        APPROVAL_EXPIRED,
        NOT_AN_APPROVER,
        REQUESTER_EXCLUDED,
        SIGNATURE_MISSING,
        PLAN_CHANGED,
        GATE_NOT_DECLARED,
        GATES_NOT_PASSED,
        WEIGHT_NOT_DECLARED,
        WEIGHTS_NOT_DONE,
        WEIGHT_CHANGING
    }
}
