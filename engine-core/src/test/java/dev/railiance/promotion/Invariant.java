package dev.railiance.promotion;

import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.PromotionEvent.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must be true of every event that is ever recorded, told from the history before it and the facts alone. */
enum Invariant {
    OUTCOMES_BELONG_TO_THE_ATTEMPT_UNDER_WAY {
        @Override
        boolean holds(Past past, PromotionEvent event, Facts facts) {
            Optional<AttemptId> reporter = Past.outcome(event);
            return reporter.isEmpty() || reporter.equals(past.underWay());
        }
    },
    ONLY_FIXED_ARTIFACTS_ARE_DEPLOYED {
        @Override
        boolean holds(Past past, PromotionEvent event, Facts facts) {
            if (!(event instanceof CanaryDeployStarted || event instanceof PromoteStarted)) {
                return true;
            }
            Artifact artifact = past.opened().artifact();
            boolean pinned =
                    artifact.imageDigest().isPresent() || artifact.image().isEmpty();
            return !artifact.dirty() && (pinned || !past.rules().digestPinned());
        }
    },
    NOTHING_STARTS_WHERE_ANOTHER_IS_IN_FLIGHT {
        @Override
        boolean holds(Past past, PromotionEvent event, Facts facts) {
            boolean takesTarget = event instanceof CanaryDeployStarted
                    || event instanceof PromoteStarted
                    || (event instanceof RollbackStarted && past.inProduction());
            return !takesTarget
                    || facts.targetHolder().isEmpty()
                    || facts.targetHolder().get().equals(past.opened().id());
        }
    },
    NOTHING_NEW_IS_DEPLOYED_IN_A_FREEZE {
        @Override
        boolean holds(Past past, PromotionEvent event, Facts facts) {
            return !(event instanceof CanaryDeployStarted || event instanceof PromoteStarted)
                    || facts.freeze().isEmpty();
        }
    },
    CANARY_HAS_ITS_QUORUM_FOR_THIS_PLAN {
        @Override
        boolean holds(Past past, PromotionEvent event, Facts facts) {
            return !(event instanceof CanaryDeployStarted start)
                    || past.quorum(Scope.STAGE2, start.plan(), facts.now());
        }
    },
    TRAFFIC_IS_SHARED_AS_DECLARED {
        @Override
        boolean holds(Past past, PromotionEvent event, Facts facts) {
            return switch (event) {
                case WeightStarted started -> declared(past, started.weight());
                case WeightChanged changed -> declared(past, changed.weight());
                default -> true;
            };
        }

        private static boolean declared(Past past, int weight) {
            return weight == 0 || past.rules().weights().contains(weight);
        }
    },
    GATES_PASS_AT_A_WEIGHT_THAT_STANDS {
        @Override
        boolean holds(Past past, PromotionEvent event, Facts facts) {
            return !(event instanceof GatesPassed) || past.underWay().isEmpty();
        }
    },
    VERDICTS_ARE_ON_DECLARED_GATES {
        @Override
        boolean holds(Past past, PromotionEvent event, Facts facts) {
            return !(event instanceof GateEvaluated look)
                    || past.rules().gates().contains(look.evaluation().gate());
        }
    },
    PRODUCTION_COMES_AFTER_PASSING_GATES {
        @Override
        boolean holds(Past past, PromotionEvent event, Facts facts) {
            return !(event instanceof PromoteStarted || event instanceof GatesPassed) || past.gatesPass();
        }
    },
    PRODUCTION_COMES_AFTER_THE_LAST_WEIGHT {
        @Override
        boolean holds(Past past, PromotionEvent event, Facts facts) {
            return !(event instanceof PromoteStarted)
                    || past.rules().weights().isEmpty()
                    || past.weight() == past.rules().weights().getLast();
        }
    },
    PRODUCTION_HAS_ITS_QUORUM_FOR_THIS_PLAN {
        @Override
        boolean holds(Past past, PromotionEvent event, Facts facts) {
            return !(event instanceof PromoteStarted start) || past.quorum(Scope.STAGE3, start.plan(), facts.now());
        }
    },
    PROMOTION_IS_APPROVED_BY_ITS_QUORUM {
        @Override
        boolean holds(Past past, PromotionEvent event, Facts facts) {
            if (!(event instanceof PromotionApproved approved)) {
                return true;
            }
            int required = past.rules().approval(Scope.STAGE3).required();
            return approved.approvers().size() >= required
                    && (required == 0
                            || past.quorum(Scope.STAGE3, approved.plan().orElseThrow(), facts.now()));
        }
    },
    STANDING_APPROVAL_IS_NOT_TAKEN_BACK {
        @Override
        boolean holds(Past past, PromotionEvent event, Facts facts) {
            return !(event instanceof ApprovalRevoked) || !past.quorumForSomePlan(Scope.STAGE3, facts.now());
        }
    },
    NOBODY_WITHDRAWS_WHAT_THEY_NEVER_GAVE {
        @Override
        boolean holds(Past past, PromotionEvent event, Facts facts) {
            return !(event instanceof ApprovalWithdrawn)
                    || past.standing().stream()
                            .anyMatch(approval -> approval.approver().equals(event.by()));
        }
    },
    PRODUCTION_IS_ROLLED_BACK_AS_AGREED {
        @Override
        boolean holds(Past past, PromotionEvent event, Facts facts) {
            return !(event instanceof RollbackStarted start && past.inProduction())
                    || (start.automatic() && past.rules().automaticRollback())
                    || past.rules().approval(Scope.ROLLBACK).required() == 0
                    || start.plan()
                            .map(plan -> past.quorum(Scope.ROLLBACK, plan, facts.now()))
                            .orElse(false);
        }
    };

    abstract boolean holds(Past past, PromotionEvent event, Facts facts);

    /** The first invariant that one of these events breaks. */
    static Optional<Invariant> brokenBy(List<PromotionEvent> before, List<PromotionEvent> events, Facts facts) {
        var past = new ArrayList<>(before);
        for (PromotionEvent event : events) {
            if (!past.isEmpty()) {
                for (Invariant invariant : values()) {
                    if (!invariant.holds(new Past(past), event, facts)) {
                        return Optional.of(invariant);
                    }
                }
            }
            past.add(event);
        }
        return Optional.empty();
    }
}
