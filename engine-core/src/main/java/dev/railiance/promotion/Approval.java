package dev.railiance.promotion;

import java.time.Instant;

/**
 * One person's consent to one plan.
 *
 * @param scope what is allowed by it
 * @param plan digest of the plan that was approved
 * @param approver who
 * @param expires when it ends
 * @param signed whether a signature over it was verified
 * @param reason in the approver's words
 */
public record Approval(Scope scope, Digest plan, Actor approver, Instant expires, boolean signed, String reason) {

    /** What an approval allows. */
    public enum Scope {
        STAGE2,
        STAGE3,
        ROLLBACK
    }

    /** Whether it still holds at an instant. */
    public boolean validAt(Instant now) {
        return now.isBefore(expires);
    }
}
