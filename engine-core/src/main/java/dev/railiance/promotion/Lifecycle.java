package dev.railiance.promotion;

import static dev.railiance.promotion.Guard.*;
import static dev.railiance.promotion.Phase.*;
import static dev.railiance.promotion.Trigger.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The one table of the lifecycle. The state machine, the decider, the fold, the diagram in the documentation and the
 * exhaustive test are all made from it. A phase and a trigger have at most one row.
 */
public final class Lifecycle {

    /** Every legal transition, in the order of the journey. */
    public static final List<Transition> TABLE = table();

    private static final Set<Trigger> ASKING_FOR_TARGET = TABLE.stream()
            .filter(row -> row.guards().contains(TARGET_FREE))
            .map(Transition::trigger)
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<Trigger> ASKING_FOR_FREEZE = TABLE.stream()
            .filter(row -> row.guards().contains(NOT_FROZEN))
            .map(Transition::trigger)
            .collect(Collectors.toUnmodifiableSet());

    private static final Map<Phase, Map<String, Phase>> AFTER = TABLE.stream()
            .collect(Collectors.groupingBy(
                    Transition::from,
                    Collectors.toMap(row -> row.trigger().event(), Transition::to, (first, same) -> first)));

    private Lifecycle() {}

    private static List<Transition> table() {
        var rows = new Rows();
        rows.from(NEW).on(OPEN, OPENED);

        rows.from(OPENED, VALIDATED).on(START_VALIDATION, VALIDATING);
        rows.from(VALIDATING)
                .on(PASS_VALIDATION, VALIDATED, ATTEMPT_CURRENT)
                .on(FAIL_VALIDATION, OPENED, ATTEMPT_CURRENT)
                .on(ERROR_VALIDATION, OPENED, ATTEMPT_CURRENT);
        rows.from(OPENED, VALIDATING, VALIDATED).on(ABORT, ABORTED);

        rows.from(VALIDATED)
                .on(APPROVE_CANARY, VALIDATED, APPROVER_LISTED, APPROVER_INDEPENDENT, APPROVAL_SIGNED)
                .on(WITHDRAW_APPROVAL, VALIDATED, APPROVAL_GIVEN)
                .on(START_CANARY, CANARY_DEPLOYING, ARTIFACT_FIXED, TARGET_FREE, NOT_FROZEN, CANARY_APPROVED);
        rows.from(CANARY_DEPLOYING)
                .on(COMPLETE_CANARY, CANARY_DEPLOYED, ATTEMPT_CURRENT)
                .on(FAIL_CANARY, VALIDATED, ATTEMPT_CURRENT);
        rows.from(CANARY_DEPLOYED)
                .on(START_WEIGHT, CANARY_DEPLOYED, WEIGHT_DECLARED)
                .on(CHANGE_WEIGHT, CANARY_DEPLOYED, ATTEMPT_CURRENT, WEIGHT_DECLARED)
                .on(FAIL_WEIGHT, CANARY_DEPLOYED, ATTEMPT_CURRENT)
                .on(EVALUATE_GATE, CANARY_DEPLOYED, GATE_DECLARED)
                .on(PASS_GATES, GATES_PASSED, EVERY_GATE_PASSES, LAST_WEIGHT_REACHED, WEIGHT_SETTLED);

        rows.from(GATES_PASSED).on(EVALUATE_GATE, GATES_PASSED, GATE_DECLARED).on(APPROVE, APPROVED, QUORUM_REACHED);
        rows.from(APPROVED).on(EVALUATE_GATE, APPROVED, GATE_DECLARED);
        for (Phase phase : List.of(GATES_PASSED, APPROVED)) {
            rows.from(phase)
                    .on(GRANT_APPROVAL, phase, APPROVER_LISTED, APPROVER_INDEPENDENT, APPROVAL_SIGNED)
                    .on(WITHDRAW_APPROVAL, phase, APPROVAL_GIVEN)
                    .on(REVOKE_GATES, CANARY_DEPLOYED);
        }
        rows.from(APPROVED)
                .on(REVOKE_APPROVAL, GATES_PASSED, QUORUM_LOST)
                .on(
                        START_PROMOTE,
                        PROMOTING,
                        EVERY_GATE_PASSES,
                        PLAN_UNCHANGED,
                        APPROVAL_UNEXPIRED,
                        TARGET_FREE,
                        NOT_FROZEN);

        rows.from(PROMOTING)
                .on(COMPLETE_PROMOTE, PROMOTED, ATTEMPT_CURRENT)
                .on(FAIL_PROMOTE, APPROVED, ATTEMPT_CURRENT);
        rows.from(PROMOTED)
                .on(START_ROLLBACK, ROLLING_BACK, TARGET_FREE, ROLLBACK_APPROVED)
                .on(SUPERSEDE, SUPERSEDED);
        for (Phase phase : List.of(PROMOTED, ROLLING_BACK)) {
            rows.from(phase).on(APPROVE_ROLLBACK, phase, APPROVER_LISTED, APPROVER_INDEPENDENT, APPROVAL_SIGNED);
        }
        rows.from(CANARY_DEPLOYING, CANARY_DEPLOYED, GATES_PASSED, APPROVED, PROMOTING, ROLLING_BACK)
                .on(START_ROLLBACK, ROLLING_BACK);
        rows.from(ROLLING_BACK)
                .on(COMPLETE_ROLLBACK, ROLLED_BACK, ATTEMPT_CURRENT)
                .on(FAIL_ROLLBACK, ROLLING_BACK, ATTEMPT_CURRENT);
        return List.copyOf(rows.all);
    }

    /** Whether it matters for a command who has the target. */
    public static boolean asksForTarget(Trigger trigger) {
        return ASKING_FOR_TARGET.contains(trigger);
    }

    /** Whether it matters for a command what freeze windows are open. */
    public static boolean asksForFreeze(Trigger trigger) {
        return ASKING_FOR_FREEZE.contains(trigger);
    }

    /** The row for a phase and a trigger, when there is one. */
    public static Optional<Transition> find(Phase from, Trigger trigger) {
        return TABLE.stream()
                .filter(row -> row.from() == from && row.trigger() == trigger)
                .findFirst();
    }

    /** The phase that an event of the ledger leads to. */
    static Phase after(Phase from, PromotionEvent event) {
        Phase to = AFTER.getOrDefault(from, Map.of()).get(event.type());
        if (to == null) {
            throw new ImpossibleHistory("the event " + event.type() + " cannot follow in phase " + from);
        }
        return to;
    }

    /** Rows under construction: {@code from(…).on(trigger, to, guards…)}. */
    private static final class Rows {
        private final List<Transition> all = new ArrayList<>();

        From from(Phase... phases) {
            return new From(phases);
        }

        private final class From {
            private final Phase[] phases;

            From(Phase... phases) {
                this.phases = phases;
            }

            From on(Trigger trigger, Phase to, Guard... guards) {
                for (Phase phase : phases) {
                    all.add(new Transition(phase, trigger, to, List.of(guards)));
                }
                return this;
            }
        }
    }
}
