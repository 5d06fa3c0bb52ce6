package dev.railiance.promotion;

import static dev.railiance.promotion.Samples.OTHER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.railiance.promotion.Decision.Accepted;
import dev.railiance.promotion.Decision.Refused;
import dev.railiance.promotion.PromotionCommand.AbortPromotion;
import dev.railiance.promotion.PromotionCommand.CompleteRollback;
import dev.railiance.promotion.PromotionCommand.StartRollback;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The promises of the lifecycle, checked in every state that bounded worlds can reach. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvariantsTest {

    private static final Transitions COMPLETE = new TableTransitions();

    private final List<Exploration> explored = Alphabet.worlds().stream()
            .map(world -> new Exploration(COMPLETE, world))
            .toList();

    @BeforeAll
    void everyAcceptedStepKeepsEveryInvariant() {
        explored.forEach(exploration -> exploration.exhaust(step -> {
            if (step.decision() instanceof Accepted accepted) {
                Invariant.brokenBy(step.before().past(), accepted.events(), step.facts())
                        .ifPresent(broken -> fail(broken + ": " + step));
            }
            return false;
        }));
    }

    @Test
    void everyHistoryFoldsToTheStateThatItWasDecidedIn() {
        forEveryState(node -> assertEquals(node.state(), Exploration.canonical(Promotion.of(node.past()))));
    }

    @Test
    void everyPhaseIsReached() {
        var reached = EnumSet.noneOf(Phase.class);
        forEveryState(node -> reached.add(node.state().phase()));
        assertEquals(EnumSet.allOf(Phase.class), reached);
    }

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

    @Test
    void abortOrRollbackEndsEveryUnsettledStateWhateverStandsInTheWay() {
        var decider = new Decider(COMPLETE);
        var hostile = new Facts(Samples.AFTER_EXPIRY, Samples.STRANGER, Optional.of(OTHER), Optional.of("holidays"));
        forEveryState(node -> {
            Promotion state = node.state();
            if (state.phase() == Phase.NEW
                    || state.phase() == Phase.PROMOTED
                    || state.phase().end()) {
                return;
            }
            if (!state.phase().deployed()) {
                assertTrue(after(decider, state, new AbortPromotion("enough"), hostile)
                        .phase()
                        .end());
                return;
            }
            Promotion rolling = after(decider, state, new StartRollback(Samples.attempt(7), false, "enough"), hostile);
            Promotion done = after(decider, rolling, new CompleteRollback(Samples.attemptId(7)), hostile);
            assertEquals(Phase.ROLLED_BACK, done.phase());
        });
    }

    private static Promotion after(Decider decider, Promotion state, PromotionCommand command, Facts facts) {
        var accepted = assertInstanceOf(Accepted.class, decider.decide(state, command, facts));
        Promotion next = state;
        for (PromotionEvent event : accepted.events()) {
            next = next.evolve(event);
        }
        return next;
    }

    @Test
    void everyReachableStateCanStillReachAnEnd() {
        explored.forEach(exploration -> assertEquals(List.of(), exploration.statesWithoutEnd()));
    }

    @Test
    void endIsAbsorbing() {
        forEveryState(node -> {
            Promotion state = node.state();
            if (!state.phase().end()) {
                return;
            }
            for (PromotionCommand command : Alphabet.worlds().getFirst().commands(state)) {
                switch (new Decider(COMPLETE).decide(state, command, Samples.calm())) {
                    case Accepted accepted -> fail("an end was left: " + command);
                    case Refused refused ->
                        assertEquals(
                                Refusal.Code.PROMOTION_ENDED, refused.refusal().code());
                    case Decision.Unchanged unchanged ->
                        assertTrue(
                                command.attempt().isPresent() || command instanceof PromotionCommand.GrantApproval,
                                command::toString);
                }
            }
        });
    }

    private void forEveryState(Consumer<Exploration.Node> check) {
        explored.forEach(exploration -> exploration.nodes().forEach(check));
    }
}
