package dev.railiance.promotion;

import java.time.Instant;
import java.util.Optional;

/**
 * One person's consent to one plan.
 *
 * @param scope what is allowed by it
 * @param plan digest of the plan that was approved
 * @param approver who
 * @param expires when it ends
 * @param signed whether a signature over it was verified
 * @param reason in the approver's words
 * @param proof the statement that was signed; approvals of an early format have none
 * @param freeze the freeze window that was open when it was given
 */
public record Approval(
        Scope scope,
        Digest plan,
        Actor approver,
        Instant expires,
        boolean signed,
        String reason,
        Optional<Proof> proof,
        Optional<String> freeze) {

    /** An approval without a statement, outside of freeze windows. */
    public Approval(Scope scope, Digest plan, Actor approver, Instant expires, boolean signed, String reason) {
        this(scope, plan, approver, expires, signed, reason, Optional.empty(), Optional.empty());
    }

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

    /** The same, ending at another time. */
    public Approval until(Instant end) {
        return new Approval(scope, plan, approver, end, signed, reason, proof, freeze);
    }
}
