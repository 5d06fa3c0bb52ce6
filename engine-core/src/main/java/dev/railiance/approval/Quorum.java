package dev.railiance.approval;

import dev.railiance.contract.Freeze;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Digest;
import dev.railiance.replay.Policy;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far a stage is approved.
 *
 * @param plan the one that most people approve now; empty where nobody approves any
 * @param given how many people that are
 * @param missing how many more must
 * @param approvals of the promotion
 * @param now when it was so
 */
record Quorum(Scope scope, Optional<Digest> plan, int given, int missing, List<Approval> approvals, Instant now) {

    Quorum {
        approvals = List.copyOf(approvals);
    }

    static Quorum of(Ground ground, Scope scope, Instant now) {
        Optional<Digest> plan = ground.promotion().approvals().stream()
                .filter(approval -> approval.scope() == scope && approval.validAt(now))
                .map(Approval::plan)
                .distinct()
                .max(Comparator.comparingInt(
                        one -> ground.promotion().approvers(scope, one, now).size()));
        int given = plan.map(
                        one -> ground.promotion().approvers(scope, one, now).size())
                .orElse(0);
        return new Quorum(
                scope,
                plan,
                given,
                Math.max(0, ground.rule(scope).required() - given),
                ground.promotion().approvals(),
                now);
    }

    /** How many more must approve while a freeze window is open; empty where nobody can lift it. */
    Optional<Integer> missing(Freeze window) {
        int lifters = plan.map(one -> Policy.lifters(window, scope, one, approvals, now))
                .orElse(0);
        return window.overrideRequired().isPresent()
                ? Optional.of(Math.max(0, window.overrideRequired().getAsInt() - lifters))
                : Optional.empty();
    }
}
