package dev.railiance.approval;

import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Digest;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What approving needs to know.
 *
 * @param repository where the signers file lies, for ledgers that did not keep it
 * @param promotion an id or the beginning of one; the promotion that changed last where it is empty
 * @param act what is said
 * @param means how it is shown who says it
 * @param reason in the approver's words; of a statement that is brought, its own counts
 */
public record ApproveRequest(
        Path repository, Optional<String> promotion, Act act, Means means, Optional<String> reason) {

    /** What somebody says. */
    public sealed interface Act {

        /**
         * Yes to a plan.
         *
         * @param plan digest of the plan; of a statement that is brought it must be the same, where it is given
         */
        record Approve(Scope scope, Optional<Digest> plan) implements Act {}

        /** That earlier approvals no longer count. */
        record Withdraw() implements Act {}
    }

    /** How it is shown who says it. */
    public sealed interface Means {

        /** By a key that signs now: an OpenSSH private key, or a public one whose private one an agent holds. */
        record Key(Path file) implements Means {}

        /** By a statement that was signed elsewhere. */
        record Brought(Path statement, Path signature) implements Means {}

        /** By the operating system's word for who it is. */
        record Unsigned() implements Means {}

        /** Not at all. */
        record Nothing() implements Means {}
    }
}
