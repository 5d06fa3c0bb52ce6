package dev.railiance.promotion;

import static dev.railiance.promotion.Samples.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Decision.Accepted;
import dev.railiance.promotion.Decision.Refused;
import dev.railiance.promotion.Decision.Unchanged;
import dev.railiance.promotion.GateEvaluation.Result;
import dev.railiance.promotion.PromotionCommand.*;
import dev.railiance.promotion.PromotionEvent.*;
import java.util.List;
import java.util.Set;

/** A promotion under way: commands are told one by one, and answered with the events or the code. */
final class Journey {

    static final Rules TWO_APPROVE =
            rules(true, List.of(10, 50), Set.of("errors"), rule(1, true), rule(2, true), rule(1, true));

    private final Decider decider = new Decider(new TableTransitions());
    private Promotion state = Promotion.NEW;

    List<String> tell(PromotionCommand command, Facts facts) {
        return switch (decider.decide(state, command, facts)) {
            case Accepted accepted -> {
                accepted.events().forEach(event -> state = state.evolve(event));
                yield accepted.events().stream().map(PromotionEvent::type).toList();
            }
            case Refused refused -> List.of(refused.refusal().code().name());
            case Unchanged unchanged -> List.of(unchanged.why());
        };
    }

    List<String> tell(PromotionCommand command) {
        return tell(command, calm());
    }

    void validated(Rules rules) {
        tell(open(FIXED, rules));
        tell(new StartValidation(attempt(1)));
        tell(new RecordValidation(attemptId(1), report(Verdict.PASSED)));
    }

    void canaryDeployed(Rules rules) {
        validated(rules);
        tell(new GrantApproval(approval(Scope.STAGE2, PLAN, ANN, true)));
        tell(new StartCanary(attempt(2), PLAN));
        assertEquals(List.of("promotion.canary-deployed"), tell(new CompleteCanary(attemptId(2), RELEASE)));
    }

    void gatesPassed() {
        canaryDeployed(TWO_APPROVE);
        tell(new ChangeWeight(10));
        tell(new EvaluateGate(look("errors", Result.PASS)));
        tell(new ChangeWeight(50));
        assertEquals(
                List.of("gate.evaluated", "promotion.gates-passed"),
                tell(new EvaluateGate(look("errors", Result.PASS))));
    }

    void approved() {
        gatesPassed();
        assertEquals(List.of("approval.granted"), tell(new GrantApproval(approval(Scope.STAGE3, PLAN, ANN, true))));
        assertEquals(
                List.of("approval.granted", "promotion.approved"),
                tell(new GrantApproval(approval(Scope.STAGE3, PLAN, BOB, true))));
    }

    void promoted() {
        approved();
        tell(new StartPromote(attempt(3), PLAN));
        assertEquals(List.of("promotion.promoted"), tell(new CompletePromote(attemptId(3), RELEASE)));
    }

    Promotion state() {
        return state;
    }

    /** Goes back to an earlier state. */
    void resume(Promotion earlier) {
        state = earlier;
    }

    /** What would be recorded; nothing is. */
    List<PromotionEvent> eventsOf(PromotionCommand command) {
        return assertInstanceOf(Accepted.class, decider.decide(state, command, calm()))
                .events();
    }

    Refusal refusalOf(PromotionCommand command) {
        return assertInstanceOf(Refused.class, decider.decide(state, command, calm()))
                .refusal();
    }
}
