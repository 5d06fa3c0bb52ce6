package dev.railiance.promotion;

import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.GateEvaluation.Result;
import dev.railiance.promotion.PromotionEvent.*;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a history by itself, without the fold and the guards: the second opinion on what had happened. */
record Past(List<PromotionEvent> events) {

    PromotionOpened opened() {
        return (PromotionOpened) events.getFirst();
    }

    Rules rules() {
        return opened().rules();
    }

    /** The attempt that was announced and has not reported. */
    Optional<AttemptId> underWay() {
        Optional<AttemptId> current = Optional.empty();
        for (PromotionEvent event : events) {
            current = switch (event) {
                case ValidationStarted e -> Optional.of(e.attempt().id());
                case CanaryDeployStarted e -> Optional.of(e.attempt().id());
                case WeightStarted e -> Optional.of(e.attempt().id());
                case PromoteStarted e -> Optional.of(e.attempt().id());
                case RollbackStarted e -> Optional.of(e.attempt().id());
                default -> outcome(event).isPresent() ? Optional.empty() : current;
            };
        }
        return current;
    }

    /** Which attempt's outcome the event is. */
    static Optional<AttemptId> outcome(PromotionEvent event) {
        return Optional.ofNullable(
                switch (event) {
                    case PromotionValidated e -> e.attempt();
                    case ValidationFailed e -> e.attempt();
                    case ValidationErrored e -> e.attempt();
                    case CanaryDeployed e -> e.attempt();
                    case CanaryDeployFailed e -> e.attempt();
                    case WeightChanged e -> e.attempt().orElse(null);
                    case WeightFailed e -> e.attempt();
                    case PromotionPromoted e -> e.attempt();
                    case PromoteFailed e -> e.attempt();
                    case PromotionRolledBack e -> e.attempt();
                    case RollbackIncomplete e -> e.attempt();
                    default -> null;
                });
    }

    /** Whether the last look at every required gate, since the weight last changed, passed. */
    boolean gatesPass() {
        return rules().requiredGates().stream().allMatch(gate -> {
            boolean passes = false;
            for (PromotionEvent event : events) {
                if (event instanceof WeightChanged || event instanceof CanaryDeployStarted) {
                    passes = false;
                } else if (event instanceof GateEvaluated look
                        && look.evaluation().gate().equals(gate)) {
                    passes = look.evaluation().verdict() == Result.PASS;
                }
            }
            return passes;
        });
    }

    int weight() {
        int weight = 0;
        for (PromotionEvent event : events) {
            if (event instanceof CanaryDeployStarted) {
                weight = 0;
            } else if (event instanceof WeightChanged changed) {
                weight = changed.weight();
            }
        }
        return weight;
    }

    /** The approvals that nobody took back, on gates that nobody took back. */
    List<Approval> standing() {
        var standing = new ArrayList<Approval>();
        for (PromotionEvent event : events) {
            if (event instanceof ApprovalGranted granted) {
                standing.add(granted.approval());
            } else if (event instanceof ApprovalWithdrawn) {
                standing.removeIf(approval -> approval.approver().equals(event.by()));
            } else if (event instanceof GatesRevoked) {
                standing.removeIf(approval -> approval.scope() == Scope.STAGE3);
            }
        }
        return standing;
    }

    /** Whether enough different people, who were entitled to, approved this very plan and still do. */
    boolean quorum(Scope scope, Digest plan, Instant now) {
        var rule = rules().approval(scope);
        long people = standing().stream()
                .filter(approval -> approval.scope() == scope)
                .filter(approval -> approval.plan().equals(plan))
                .filter(approval -> approval.expires().isAfter(now))
                .filter(approval -> rule.from().isEmpty()
                        || rule.from().contains(approval.approver().name()))
                .filter(approval ->
                        !rule.excludeRequester() || !approval.approver().equals(opened().by()))
                .filter(approval -> approval.signed() || !rule.signed())
                .map(Approval::approver)
                .distinct()
                .count();
        return people >= rule.required();
    }

    /** Whether any one plan has its quorum. */
    boolean quorumForSomePlan(Scope scope, Instant now) {
        return rules().approval(scope).required() == 0
                || standing().stream().anyMatch(approval -> quorum(scope, approval.plan(), now));
    }

    /** Whether production runs the artifact and nothing has begun to change that. */
    boolean inProduction() {
        return events.reversed().stream()
                .filter(event -> event instanceof PromotionPromoted || event instanceof RollbackStarted)
                .findFirst()
                .filter(PromotionPromoted.class::isInstance)
                .isPresent();
    }
}
