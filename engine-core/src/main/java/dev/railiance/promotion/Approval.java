package dev.railiance.promotion;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
 * @param freeze the names of the freeze windows that were open when it was given, as its approver said: it is break-glass in
 *     those alone
 * @param gates digest over the gate evaluations that the approver saw; approvals of an early format do not say
 */
public record Approval(
        Scope scope,
        Digest plan,
        Actor approver,
        Instant expires,
        boolean signed,
        String reason,
        Optional<Proof> proof,
        Optional<String> freeze,
        Optional<Digest> gates) {

    private static final String SEPARATOR = ", ";

    /** An approval without a statement, outside of freeze windows, that names no gates. */
    public Approval(Scope scope, Digest plan, Actor approver, Instant expires, boolean signed, String reason) {
        this(scope, plan, approver, expires, signed, reason, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Freeze windows as an approval names them; empty where none is open. */
    public static Optional<String> freeze(List<String> windows) {
        return windows.isEmpty() ? Optional.empty() : Optional.of(String.join(SEPARATOR, windows));
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

    /** Whether it counts against a freeze window: given with a reason while the window was known to be open. */
    public boolean breaks(String window) {
        return !reason.isBlank()
                && freeze.map(windows -> (SEPARATOR + windows + SEPARATOR).contains(SEPARATOR + window + SEPARATOR))
                        .orElse(false);
    }

    /** The same, in these freeze windows too. */
    public Approval during(List<String> windows) {
        return new Approval(
                scope,
                plan,
                approver,
                expires,
                signed,
                reason,
                proof,
                freeze(Stream.concat(freeze.stream(), windows.stream())
                        .distinct()
                        .toList()),
                gates);
    }

    /** The same, ending at another time. */
    public Approval until(Instant end) {
        return new Approval(scope, plan, approver, end, signed, reason, proof, freeze, gates);
    }
}
