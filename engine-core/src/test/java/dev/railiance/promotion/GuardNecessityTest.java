package dev.railiance.promotion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.promotion.Decision.Accepted;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No guard is redundant: what each is there for breaks when it is deleted from the table. */
class GuardNecessityTest {

    @ParameterizedTest
    @EnumSource(Guard.class)
    void deletingAnyGuardBreaksTheInvariantItIsThereFor(Guard guard) {
        assertEquals(protectedBy(guard), counterexample(guard).orElseThrow(() -> new AssertionError("redundant")));
    }

    /** Another kind of guard does not compile before it is said here what it protects. */
    private static Invariant protectedBy(Guard guard) {
        return switch (guard) {
            case ATTEMPT_CURRENT -> Invariant.OUTCOMES_BELONG_TO_THE_ATTEMPT_UNDER_WAY;
            case ARTIFACT_FIXED -> Invariant.ONLY_FIXED_ARTIFACTS_ARE_DEPLOYED;
            case TARGET_FREE -> Invariant.NOTHING_STARTS_WHERE_ANOTHER_IS_IN_FLIGHT;
            case NOT_FROZEN -> Invariant.NOTHING_NEW_IS_DEPLOYED_IN_A_FREEZE;
            case CANARY_APPROVED, APPROVER_LISTED, APPROVER_INDEPENDENT, APPROVAL_SIGNED ->
                Invariant.CANARY_HAS_ITS_QUORUM_FOR_THIS_PLAN;
            case WEIGHT_DECLARED -> Invariant.TRAFFIC_IS_SHARED_AS_DECLARED;
            case WEIGHT_SETTLED -> Invariant.GATES_PASS_AT_A_WEIGHT_THAT_STANDS;
            case GATE_DECLARED -> Invariant.VERDICTS_ARE_ON_DECLARED_GATES;
            case EVERY_GATE_PASSES -> Invariant.PRODUCTION_COMES_AFTER_PASSING_GATES;
            case LAST_WEIGHT_REACHED -> Invariant.PRODUCTION_COMES_AFTER_THE_LAST_WEIGHT;
            case APPROVAL_GIVEN -> Invariant.NOBODY_WITHDRAWS_WHAT_THEY_NEVER_GAVE;
            case QUORUM_REACHED -> Invariant.PROMOTION_IS_APPROVED_BY_ITS_QUORUM;
            case QUORUM_LOST -> Invariant.STANDING_APPROVAL_IS_NOT_TAKEN_BACK;
            case PLAN_UNCHANGED, APPROVAL_UNEXPIRED -> Invariant.PRODUCTION_HAS_ITS_QUORUM_FOR_THIS_PLAN;
            case ROLLBACK_APPROVED -> Invariant.PRODUCTION_IS_ROLLED_BACK_AS_AGREED;
        };
    }

    /** The nearest broken invariant when one guard is gone: all worlds are explored in step with each other. */
    private static Optional<Invariant> counterexample(Guard deleted) {
        var transitions = new TableTransitions(Optional.of(deleted));
        List<Exploration> explorations = Alphabet.worlds().stream()
                .map(world -> new Exploration(transitions, world))
                .toList();
        var found = new Object() {
            Optional<Invariant> broken = Optional.empty();
        };
        while (found.broken.isEmpty() && !explorations.stream().allMatch(Exploration::finished)) {
            for (Exploration exploration : explorations) {
                if (!exploration.finished()) {
                    exploration.advance(step -> {
                        if (step.decision() instanceof Accepted accepted) {
                            found.broken = Invariant.brokenBy(step.before().past(), accepted.events(), step.facts());
                        }
                        return found.broken.isPresent();
                    });
                }
                if (found.broken.isPresent()) {
                    break;
                }
            }
        }
        return found.broken;
    }
}
