package dev.railiance.approval;

import dev.railiance.contract.Freeze;
import dev.railiance.projection.Rendered;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Promotion;
import java.time.Instant;
import java.util.Optional;

/** Makes statements, of a promotion as it stands now. */
final class Drafting {

    private final Ground ground;
    private final String signers;
    private final Instant now;

    Drafting(Ground ground, String signers, Instant now) {
        this.ground = ground;
        this.signers = signers;
        this.now = now;
    }

    ApprovalStatement approval(Scope scope, Digest plan, String approver, String reason) {
        return statement(
                "approve",
                Optional.of(Rendered.spelled(scope)),
                Optional.of(plan.value()),
                Optional.of(GateDigests.of(ground.history()).current().value()),
                approver,
                Optional.of(now.plus(ground.rule(scope).validFor())),
                freeze(),
                reason);
    }

    ApprovalStatement withdrawal(String approver, String reason) {
        return statement(
                "withdraw",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                approver,
                Optional.empty(),
                Optional.empty(),
                reason);
    }

    /** The names of the windows that are open. */
    Optional<String> freeze() {
        return Approval.freeze(ground.frozen(now).stream().map(Freeze::name).toList());
    }

    private ApprovalStatement statement(
            String action,
            Optional<String> scope,
            Optional<String> plan,
            Optional<String> gates,
            String approver,
            Optional<Instant> expires,
            Optional<String> freeze,
            String reason) {
        Promotion promotion = ground.promotion();
        return new ApprovalStatement(
                ApprovalStatement.SCHEMA,
                action,
                promotion.id().value(),
                promotion.target().app(),
                promotion.target().environment(),
                promotion.artifact().digest().value(),
                promotion.opening().orElseThrow().contract().value(),
                scope,
                plan,
                gates,
                signers,
                approver,
                now,
                expires,
                freeze,
                reason);
    }
}
