package dev.railiance.replay;

import dev.railiance.projection.Rendered;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.promotion.Rules;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The state of an opened promotion in the words of its explanation. */
final class ExplainedState {

    private ExplainedState() {}

    static Explanation.State of(Promotion promotion, Instant now) {
        PromotionOpened opened = promotion.opening().orElseThrow();
        Rules rules = promotion.rules();
        return new Explanation.State(
                opened.by().name(),
                Rendered.Moved.of(opened.artifact()),
                opened.contract().value(),
                promotion
                        .attempt()
                        .map(attempt -> new Explanation.Running(attempt.id().value(), attempt.host(), attempt.pid())),
                promotion.validation().map(report -> Rendered.spelled(report.verdict())),
                promotion.weight(),
                rules.weights(),
                rules.automaticRollback(),
                rules.gates().stream()
                        .map(gate -> new Explanation.Gate(
                                gate,
                                rules.requiredGates().contains(gate),
                                Optional.ofNullable(promotion.gates().get(gate)).map(Rendered::spelled)))
                        .toList(),
                promotion.approvals().stream()
                        .map(approval -> given(approval, now))
                        .toList(),
                Arrays.stream(Scope.values())
                        .filter(scope -> rules.approval(scope).required() > 0)
                        .flatMap(scope -> quorums(promotion, scope, now))
                        .toList());
    }

    private static Explanation.Given given(Approval approval, Instant now) {
        return new Explanation.Given(
                Rendered.spelled(approval.scope()),
                approval.plan().value(),
                approval.approver().name(),
                approval.expires(),
                !approval.validAt(now),
                approval.signed(),
                approval.reason());
    }

    /** One for each plan that somebody approved, or one without a plan. */
    private static Stream<Explanation.Quorum> quorums(Promotion promotion, Scope scope, Instant now) {
        List<Digest> plans = promotion.approvals().stream()
                .filter(approval -> approval.scope() == scope)
                .map(Approval::plan)
                .distinct()
                .toList();
        return plans.isEmpty()
                ? Stream.of(quorum(promotion, scope, Optional.empty(), now))
                : plans.stream().map(plan -> quorum(promotion, scope, Optional.of(plan), now));
    }

    private static Explanation.Quorum quorum(Promotion promotion, Scope scope, Optional<Digest> plan, Instant now) {
        Rules.ApprovalRule rule = promotion.approvalRule(scope);
        List<String> approvers =
                plan.map(approved -> promotion.approvers(scope, approved, now)).orElse(List.of()).stream()
                        .map(Actor::name)
                        .toList();
        return new Explanation.Quorum(
                Rendered.spelled(scope),
                plan.map(Digest::value),
                rule.required(),
                approvers,
                Math.max(0, rule.required() - approvers.size()),
                List.copyOf(rule.from()),
                rule.excludeRequester(),
                promotion.mustSign(scope));
    }
}
