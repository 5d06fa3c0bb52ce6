package dev.railiance.approval;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.railiance.projection.Rendered;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.GrantApproval;
import dev.railiance.promotion.PromotionCommand.WithdrawApproval;
import dev.railiance.promotion.Proof;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of approving: {@code railiance.approval-result.v1}.
 *
 * @param outcome {@code granted}, {@code withdrawn}, or {@code unchanged} where it was so already
 * @param required how many people must approve; of an approval
 * @param given how many have approved this plan
 */
@JsonPropertyOrder({"schema", "promotionId", "app", "environment", "stage", "mode", "phase", "outcome"})
public record ApprovalResult(
        String schema,
        String promotionId,
        String app,
        String environment,
        int stage,
        String mode,
        String phase,
        String outcome,
        String approver,
        boolean signed,
        Optional<String> key,
        Optional<String> scope,
        Optional<String> planDigest,
        Optional<String> statementDigest,
        Optional<Instant> expires,
        Optional<String> freeze,
        Optional<Integer> required,
        Optional<Integer> given,
        String reason,
        Instant at,
        Rendered.NextStep nextStep) {

    /** The name of this document's schema. */
    public static final String SCHEMA = "railiance.approval-result.v1";

    static ApprovalResult of(Ground ground, PromotionCommand command, Actor by, String outcome, Instant now) {
        Promotion promotion = ground.promotion();
        Optional<Approval> asked =
                command instanceof GrantApproval grant ? Optional.of(grant.approval()) : Optional.empty();
        // Of one that was there already, that one is shown.
        Optional<Approval> approval = asked.map(wanted -> promotion.approvals().reversed().stream()
                .filter(standing -> standing.scope() == wanted.scope()
                        && standing.plan().equals(wanted.plan())
                        && standing.approver().equals(wanted.approver()))
                .findFirst()
                .orElse(wanted));
        Optional<Proof> proof = approval.flatMap(Approval::proof)
                .or(() -> command instanceof WithdrawApproval withdraw ? withdraw.proof() : Optional.empty());
        return new ApprovalResult(
                SCHEMA,
                promotion.id().value(),
                promotion.target().app(),
                promotion.target().environment(),
                promotion.phase().stage(),
                "apply",
                Rendered.spelled(promotion.phase()),
                outcome,
                approval.map(Approval::approver).orElse(by).name(),
                approval.map(Approval::signed).orElse(proof.isPresent()),
                proof.map(Proof::key),
                approval.map(Approval::scope).map(Rendered::spelled),
                approval.map(Approval::plan).map(Digest::value),
                proof.map(Proof::statement).map(Digest::value),
                approval.map(Approval::expires),
                approval.flatMap(Approval::freeze),
                approval.map(one -> ground.rule(one.scope()).required()),
                approval.map(
                        one -> promotion.approvers(one.scope(), one.plan(), now).size()),
                approval.map(Approval::reason)
                        .orElseGet(() -> command instanceof WithdrawApproval withdraw ? withdraw.reason() : ""),
                now,
                Following.of(ground, now));
    }
}
