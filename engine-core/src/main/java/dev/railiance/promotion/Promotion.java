package dev.railiance.promotion;

import dev.railiance.promotion.PromotionEvent.*;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A promotion as the fold of its events.
 *
 * @param phase where it stands
 * @param opening its first event, absent only in phase {@link Phase#NEW}
 * @param attempt the attempt under way
 * @param settled the attempt whose outcome was recorded last
 * @param validation what Stage 1 found when it was last carried out
 * @param weight the canary's share of the traffic, in percent
 * @param gates the latest verdict on each gate at this weight
 * @param approvals those not withdrawn and whose gates were not taken back, expired ones included
 */
public record Promotion(
        Phase phase,
        Optional<PromotionOpened> opening,
        Optional<Attempt> attempt,
        Optional<AttemptId> settled,
        Optional<ValidationReport> validation,
        int weight,
        SortedMap<String, GateEvaluation.Result> gates,
        List<Approval> approvals) {

    /** A promotion before its first event. */
    public static final Promotion NEW = new Promotion(
            Phase.NEW,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            new TreeMap<>(),
            List.of());

    public Promotion {
        gates = Collections.unmodifiableSortedMap(new TreeMap<>(gates));
        approvals = List.copyOf(approvals);
    }

    /** The fold of a whole history. */
    public static Promotion of(Iterable<? extends PromotionEvent> history) {
        Promotion promotion = NEW;
        for (PromotionEvent event : history) {
            promotion = promotion.evolve(event);
        }
        return promotion;
    }

    /**
     * The state after one more event. Total over the events; the phase comes from the table alone.
     *
     * @throws ImpossibleHistory if the lifecycle has no such event in this phase
     */
    public Promotion evolve(PromotionEvent event) {
        Promotion next = withPhase(Lifecycle.after(phase, event));
        return switch (event) {
            case PromotionOpened opened -> next.withOpening(opened);
            case ValidationStarted started -> next.withAttempt(started.attempt());
            case PromotionValidated done -> next.settle(done.attempt()).withValidation(done.report());
            case ValidationFailed done -> next.settle(done.attempt()).withValidation(done.report());
            case ValidationErrored done -> next.settle(done.attempt()).withValidation(done.report());
            case CanaryDeployStarted started ->
                next.withAttempt(started.attempt()).withWeight(0);
            case CanaryDeployed done -> next.settle(done.attempt());
            case CanaryDeployFailed done -> next.settle(done.attempt());
            case WeightStarted started -> next.withAttempt(started.attempt());
            case WeightChanged changed ->
                changed.attempt().map(next::settle).orElse(next).withWeight(changed.weight());
            case WeightFailed done -> next.settle(done.attempt());
            case GateEvaluated look -> next.withGate(look.evaluation());
            case GatesPassed passed -> next;
            case GatesRevoked revoked -> next.withoutApprovalsOfProduction();
            case ApprovalGranted granted -> next.withApproval(granted.approval());
            case ApprovalWithdrawn withdrawn -> next.withoutApprovalsOf(withdrawn.by());
            case PromotionApproved approved -> next;
            case ApprovalRevoked revoked -> next;
            case PromoteStarted started -> next.withAttempt(started.attempt());
            case PromotionPromoted done -> next.settle(done.attempt());
            case PromoteFailed done -> next.settle(done.attempt());
            case RollbackStarted started -> next.withAttempt(started.attempt());
            case PromotionRolledBack done -> next.settle(done.attempt());
            case RollbackIncomplete done -> next.settle(done.attempt());
            case PromotionAborted aborted -> next.withoutAttempt();
            case PromotionSuperseded superseded -> next;
        };
    }

    /** Its identity; only of an opened promotion. */
    public PromotionId id() {
        return opened().id();
    }

    /** What it is for; only of an opened promotion. */
    public Target target() {
        return opened().target();
    }

    /** What moves; only of an opened promotion. */
    public Artifact artifact() {
        return opened().artifact();
    }

    /** What the contract asked for; only of an opened promotion. */
    public Rules rules() {
        return opened().rules();
    }

    /** Who must approve: as the contract says, or as the one in production does where the promotion would change that. */
    public Rules.ApprovalRule approvalRule(Approval.Scope scope) {
        return opened().mandate().map(mandate -> mandate.approval(scope)).orElseGet(() -> rules().approval(scope));
    }

    /** Whether an approval must be signed. */
    public boolean mustSign(Approval.Scope scope) {
        return rules().critical()
                || opened().mandate().map(Mandate::critical).orElse(false)
                || approvalRule(scope).signed();
    }

    /** Who opened it; only of an opened promotion. */
    public Actor requester() {
        return opened().by();
    }

    private PromotionOpened opened() {
        return opening.orElseThrow(() -> new IllegalStateException("the promotion is not opened"));
    }

    /** And the score, where the contract asks for one, is reached. */
    boolean everyRequiredGatePasses() {
        return rules().requiredGates().stream().allMatch(gate -> gates.get(gate) == GateEvaluation.Result.PASS)
                && rules().score().map(score -> score.reachedBy(gates)).orElse(true);
    }

    /** Whether enough people approved one plan: {@code plan}, or any where that is empty. */
    boolean quorum(Approval.Scope scope, Optional<Digest> plan, Instant now) {
        int required = approvalRule(scope).required();
        return required == 0
                || approvals.stream()
                        .map(Approval::plan)
                        .filter(candidate -> plan.isEmpty() || plan.get().equals(candidate))
                        .anyMatch(candidate -> approvers(scope, candidate, now).size() >= required);
    }

    /** Who approved a plan and whose approval has not expired; each person once. */
    public List<Actor> approvers(Approval.Scope scope, Digest plan, Instant now) {
        return approvals.stream()
                .filter(approval -> approval.scope() == scope && approval.plan().equals(plan) && approval.validAt(now))
                .map(Approval::approver)
                .distinct()
                .toList();
    }

    private Promotion withPhase(Phase next) {
        return new Promotion(next, opening, attempt, settled, validation, weight, gates, approvals);
    }

    private Promotion withOpening(PromotionOpened opened) {
        return new Promotion(phase, Optional.of(opened), attempt, settled, validation, weight, gates, approvals);
    }

    private Promotion withAttempt(Attempt started) {
        return new Promotion(phase, opening, Optional.of(started), settled, validation, weight, gates, approvals);
    }

    private Promotion withoutAttempt() {
        return new Promotion(phase, opening, Optional.empty(), settled, validation, weight, gates, approvals);
    }

    private Promotion settle(AttemptId done) {
        return new Promotion(phase, opening, Optional.empty(), Optional.of(done), validation, weight, gates, approvals);
    }

    private Promotion withValidation(ValidationReport report) {
        return new Promotion(phase, opening, attempt, settled, Optional.of(report), weight, gates, approvals);
    }

    private Promotion withWeight(int changed) {
        return new Promotion(phase, opening, attempt, settled, validation, changed, new TreeMap<>(), approvals);
    }

    private Promotion withGate(GateEvaluation look) {
        var latest = new TreeMap<>(gates);
        latest.put(look.gate(), look.verdict());
        return new Promotion(phase, opening, attempt, settled, validation, weight, latest, approvals);
    }

    private Promotion withApproval(Approval granted) {
        var all = new ArrayList<>(approvals);
        all.add(granted);
        return new Promotion(phase, opening, attempt, settled, validation, weight, gates, all);
    }

    /** Those of an early format do not say what they rest on, and stand. */
    private Promotion withoutApprovalsOfProduction() {
        return withApprovals(approval ->
                approval.scope() != Approval.Scope.STAGE3 || approval.gates().isEmpty());
    }

    private Promotion withoutApprovalsOf(Actor approver) {
        return withApprovals(approval -> !approval.approver().equals(approver));
    }

    private Promotion withApprovals(Predicate<Approval> wanted) {
        var left = approvals.stream().filter(wanted).toList();
        return new Promotion(phase, opening, attempt, settled, validation, weight, gates, left);
    }
}
