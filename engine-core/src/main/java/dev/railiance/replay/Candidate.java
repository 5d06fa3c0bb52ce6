package dev.railiance.replay;

import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.GateEvaluation;
import dev.railiance.promotion.GateEvaluation.Result;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.*;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Release;
import dev.railiance.promotion.Rules;
import dev.railiance.promotion.Step;
import dev.railiance.promotion.Trigger;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command that would be most likely to be accepted under a trigger: if even this one is refused, the trigger is not
 * open to anybody.
 *
 * @param actor who would give it
 * @param assuming what it takes for granted, for people; empty for nothing
 */
record Candidate(PromotionCommand command, Actor actor, String assuming) {

    private static final Digest NOTHING = Digest.of(new byte[0]);
    private static final Attempt NEXT = RecordedCommand.NOT_RECORDED;
    private static final Release RELEASE = new Release("", "", 0, NOTHING);

    static Candidate of(Trigger trigger, Promotion promotion, Instant now) {
        AttemptId current = promotion.attempt().map(Attempt::id).orElse(NEXT.id());
        return switch (trigger) {
            case OPEN -> throw new IllegalArgumentException("a promotion is opened once");
            case START_VALIDATION -> plain(promotion, new StartValidation(NEXT));
            case PASS_VALIDATION -> reported(promotion, new RecordValidation(current, report(Verdict.PASSED)));
            case FAIL_VALIDATION -> reported(promotion, new RecordValidation(current, report(Verdict.FAILED)));
            case ERROR_VALIDATION -> reported(promotion, new RecordValidation(current, report(Verdict.ERRORED)));
            case APPROVE_CANARY -> approval(promotion, Scope.STAGE2, now);
            case START_CANARY -> {
                Optional<Digest> plan = plan(promotion, Scope.STAGE2, now);
                yield new Candidate(new StartCanary(NEXT, plan.orElse(NOTHING)), promotion.requester(), assumed(plan));
            }
            case COMPLETE_CANARY -> reported(promotion, new CompleteCanary(current, RELEASE));
            case FAIL_CANARY -> reported(promotion, new FailCanary(current, ""));
            case START_WEIGHT -> {
                int next = nextWeight(promotion);
                yield weight(promotion, next, new StartWeight(NEXT, next, Optional.empty()));
            }
            case CHANGE_WEIGHT -> {
                int next = nextWeight(promotion);
                Optional<AttemptId> reporter = promotion.attempt().map(Attempt::id);
                yield weight(promotion, next, new ChangeWeight(reporter, next, Optional.empty()));
            }
            case FAIL_WEIGHT -> reported(promotion, new FailWeight(current, ""));
            case EVALUATE_GATE -> look(promotion);
            case PASS_GATES -> plain(promotion, new PassGates());
            case REVOKE_GATES -> plain(promotion, new RevokeGates(""));
            case GRANT_APPROVAL -> approval(promotion, Scope.STAGE3, now);
            case APPROVE -> {
                Optional<Digest> plan = plan(promotion, Scope.STAGE3, now);
                yield new Candidate(new ApprovePromotion(plan), promotion.requester(), assumed(plan));
            }
            case WITHDRAW_APPROVAL -> withdrawal(promotion);
            case REVOKE_APPROVAL -> plain(promotion, new RevokeApproval(""));
            case START_PROMOTE -> {
                Optional<Digest> plan = plan(promotion, Scope.STAGE3, now);
                yield new Candidate(new StartPromote(NEXT, plan.orElse(NOTHING)), promotion.requester(), assumed(plan));
            }
            case COMPLETE_PROMOTE -> reported(promotion, new CompletePromote(current, RELEASE));
            case FAIL_PROMOTE -> reported(promotion, new FailPromote(current, "", NEXT));
            case APPROVE_ROLLBACK -> approval(promotion, Scope.ROLLBACK, now);
            case START_ROLLBACK ->
                plain(
                        promotion,
                        new StartRollback(NEXT, false, "", Optional.empty(), plan(promotion, Scope.ROLLBACK, now)));
            case COMPLETE_ROLLBACK -> reported(promotion, new CompleteRollback(current));
            case FAIL_ROLLBACK -> reported(promotion, new FailRollback(current, List.of()));
            case ABORT -> plain(promotion, new AbortPromotion(""));
            case SUPERSEDE ->
                new Candidate(
                        new SupersedePromotion(new PromotionId(NEXT.id().value())),
                        promotion.requester(),
                        "by a newer promotion that is in production");
        };
    }

    private static Candidate plain(Promotion promotion, PromotionCommand command) {
        return new Candidate(command, promotion.requester(), "");
    }

    private static Candidate reported(Promotion promotion, PromotionCommand command) {
        return new Candidate(command, promotion.requester(), "by the attempt under way");
    }

    private static ValidationReport report(Verdict verdict) {
        return new ValidationReport(verdict, List.<Step>of(), List.of(), Map.of());
    }

    private static String assumed(Optional<Digest> plan) {
        return plan.map(digest -> "with the plan " + digest).orElse("");
    }

    /** The plan that most people approve now. */
    static Optional<Digest> plan(Promotion promotion, Scope scope, Instant now) {
        return promotion.approvals().stream()
                .filter(approval -> approval.scope() == scope)
                .map(Approval::plan)
                .distinct()
                .max(Comparator.<Digest>comparingInt(
                                plan -> promotion.approvers(scope, plan, now).size())
                        .thenComparing(Digest::value));
    }

    /** By the first person of those named who may approve and has not yet. */
    private static Candidate approval(Promotion promotion, Scope scope, Instant now) {
        Rules.ApprovalRule rule = promotion.approvalRule(scope);
        Optional<Digest> plan = plan(promotion, scope, now);
        List<Actor> given =
                plan.map(digest -> promotion.approvers(scope, digest, now)).orElse(List.of());
        Optional<Actor> named = rule.from().stream()
                .map(Actor::new)
                .filter(person -> !rule.excludeRequester() || !person.equals(promotion.requester()))
                .filter(person -> !given.contains(person))
                .findFirst();
        Actor somebody = new Actor("somebody who has not approved yet");
        Actor approver = named.orElseGet(
                () -> rule.from().isEmpty() ? somebody : new Actor(rule.from().first()));
        var approval = new Approval(scope, plan.orElse(NOTHING), approver, now.plus(rule.validFor()), true, "");
        return new Candidate(new GrantApproval(approval), approver, "by " + approver + ", signed");
    }

    private static Candidate withdrawal(Promotion promotion) {
        Actor actor = promotion.approvals().isEmpty()
                ? promotion.requester()
                : promotion.approvals().getLast().approver();
        return new Candidate(new WithdrawApproval(""), actor, "by " + actor);
    }

    private static int nextWeight(Promotion promotion) {
        return promotion.rules().weights().stream()
                .filter(weight -> weight > promotion.weight())
                .findFirst()
                .orElse(0);
    }

    private static Candidate weight(Promotion promotion, int next, PromotionCommand command) {
        return new Candidate(command, promotion.requester(), "to " + next + " percent");
    }

    private static Candidate look(Promotion promotion) {
        Rules rules = promotion.rules();
        String gate = rules.requiredGates().stream()
                .filter(name -> promotion.gates().get(name) != Result.PASS)
                .findFirst()
                .or(() -> rules.gates().stream().findFirst())
                .orElse("");
        var look = new GateEvaluation(
                gate, Result.HOLD, "", Optional.empty(), Instant.EPOCH, Instant.EPOCH, List.of(), List.of(), NOTHING);
        return new Candidate(
                new EvaluateGate(look), promotion.requester(), gate.isEmpty() ? "" : "of the gate " + gate);
    }
}
