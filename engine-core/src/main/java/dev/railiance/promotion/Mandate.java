package dev.railiance.promotion;

import dev.railiance.promotion.Rules.ApprovalRule;
import java.util.Optional;

/**
 * The approval rules that hold for a promotion instead of its own: those of the promotion in production, which it would
 * change. So nobody appoints himself.
 *
 * @param from the promotion in production when this one was opened
 * @param contract under which it came there
 * @param critical whether approvals must always be signed
 * @param canary who must approve Stage 2
 * @param production who must approve Stage 3
 * @param rollback who must approve a rollback from production
 * @param signers digest of the file that says whose signatures count, where it is known
 */
public record Mandate(
        PromotionId from,
        Digest contract,
        boolean critical,
        ApprovalRule canary,
        ApprovalRule production,
        ApprovalRule rollback,
        Optional<Digest> signers) {

    /** The rule for one kind of approval. */
    public ApprovalRule approval(Approval.Scope scope) {
        return switch (scope) {
            case STAGE2 -> canary;
            case STAGE3 -> production;
            case ROLLBACK -> rollback;
        };
    }

    /** Whether another one asks for the same of the same people, wherever it comes from. */
    public boolean asksAs(Mandate other) {
        return critical == other.critical
                && canary.equals(other.canary)
                && production.equals(other.production)
                && rollback.equals(other.rollback)
                && signers.equals(other.signers);
    }
}
