package dev.railiance.approval;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.projection.Rendered;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.ApprovalGranted;
import dev.railiance.promotion.PromotionEvent.ApprovalWithdrawn;
import dev.railiance.promotion.PromotionEvent.GatesRevoked;
import dev.railiance.promotion.Proof;
import dev.railiance.promotion.Rules.ApprovalRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a statement that is its approver's says something that counts for this promotion now. */
final class Examination {

    /** Clocks of two machines may differ. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    private final Ground ground;
    private final Instant now;

    Examination(Ground ground, Instant now) {
        this.ground = ground;
        this.now = now;
    }

    /** That a statement is about this promotion, made by the signers that count, and of now. */
    Outcome<ApprovalStatement> about(ApprovalStatement statement, Optional<Scope> scope, String signers) {
        Promotion promotion = ground.promotion();
        boolean same = statement.promotionId().equals(promotion.id().value())
                && statement.app().equals(promotion.target().app())
                && statement.environment().equals(promotion.target().environment())
                && statement
                        .artifactDigest()
                        .equals(promotion.artifact().digest().value())
                && statement
                        .contractDigest()
                        .equals(promotion.opening().orElseThrow().contract().value());
        if (!same) {
            return refused(
                    Code.STATEMENT_REPLAYED, "the statement is about another promotion: " + statement.promotionId());
        }
        String action = scope.isPresent() ? "approve" : "withdraw";
        if (!statement.action().equals(action) || !statement.scope().equals(scope.map(Rendered::spelled))) {
            return refused(
                    Code.STATEMENT_REPLAYED,
                    "the statement says: " + statement.action()
                            + statement.scope().map(said -> " " + said).orElse("") + ", not: " + action
                            + scope.map(wanted -> " " + Rendered.spelled(wanted))
                                    .orElse(""));
        }
        if (!statement.signersDigest().equals(signers)) {
            return refused(Code.SIGNERS_CHANGED, "the statement was made under another signers file");
        }
        return statement.at().isAfter(now.plus(SKEW))
                ? refused(Code.STATEMENT_INVALID, "the statement is of a time to come: " + statement.at())
                : Outcome.done(statement);
    }

    /** That an approval is of the plan and the evidence, holds as long as it may, and was not taken back. */
    Outcome<ApprovalStatement> approval(
            ApprovalStatement statement, Scope scope, Optional<Digest> plan, List<String> aliases) {
        if (plan.filter(wanted -> !statement.planDigest().equals(Optional.of(wanted.value())))
                .isPresent()) {
            return refused(Code.PLAN_CHANGED, "the statement approves another plan");
        }
        Instant end = statement.expires().orElse(Instant.MIN);
        if (!now.isBefore(end)) {
            return refused(Code.APPROVAL_EXPIRED, "the statement has expired at " + end);
        }
        ApprovalRule rule = ground.rule(scope);
        if (end.isAfter(statement.at().plus(rule.validFor()))) {
            return refused(Code.STATEMENT_INVALID, "the statement holds longer than the contract allows");
        }
        if (withdrawn(statement)) {
            return refused(Code.APPROVAL_WITHDRAWN, "the approver has taken this statement back");
        }
        if (evidenceChanged(statement)) {
            return refused(Code.EVIDENCE_CHANGED, "the statement rests on gate evaluations that no longer count");
        }
        if (!statement.freeze().equals(new Drafting(ground, "", statement.at()).freeze())) {
            return refused(
                    Code.STATEMENT_INVALID,
                    "the statement does not name the freeze windows that were open when it was made");
        }
        return rule.excludeRequester() && aliases.stream().anyMatch(this::requested)
                ? refused(Code.REQUESTER_EXCLUDED, "who requested the promotion may not approve it")
                : Outcome.done(statement);
    }

    /** That a withdrawal was said after what it takes back. */
    Outcome<ApprovalStatement> withdrawal(ApprovalStatement statement) {
        boolean older = ground.history().stream()
                .anyMatch(event -> event instanceof ApprovalGranted grant
                        && grant.approval().approver().name().equals(statement.approver())
                        && !statement.at().isAfter(grant.at()));
        return older
                ? refused(Code.STATEMENT_REPLAYED, "the withdrawal is older than the approval that it would take back")
                : Outcome.done(statement);
    }

    /** What an approver saw counts until gates are taken back, also where they would look the same afterwards. */
    private boolean evidenceChanged(ApprovalStatement statement) {
        boolean seen = statement
                .gateDigest()
                .filter(digest -> GateDigests.of(ground.history()).seen().contains(new Digest(digest)))
                .isPresent();
        return !seen
                || ground.history().stream()
                        .anyMatch(event -> event instanceof GatesRevoked revoked
                                && !statement.at().isAfter(revoked.at()));
    }

    /** Also what was said before the approver took back all that he had said. */
    private boolean withdrawn(ApprovalStatement statement) {
        Digest digest = Digest.of(statement.bytes());
        boolean granted = false;
        for (PromotionEvent event : ground.history()) {
            if (event instanceof ApprovalGranted grant
                    && grant.approval().proof().map(Proof::statement).equals(Optional.of(digest))) {
                granted = true;
            } else if (event instanceof ApprovalWithdrawn withdrawal
                    && withdrawal.by().name().equals(statement.approver())
                    && (granted || !statement.at().isAfter(withdrawal.at()))) {
                return true;
            }
        }
        return false;
    }

    /** Accounts and mail addresses of one person usually begin alike. */
    private boolean requested(String alias) {
        String requester = ground.promotion().requester().name();
        return alias.equals(requester) || alias.startsWith(requester + "@");
    }

    private <T> Outcome<T> refused(Code code, String why) {
        return Outcome.notDone(
                new Failure(code, "promotion " + ground.id() + ": " + why, "railiance approvals " + ground.id()));
    }
}
