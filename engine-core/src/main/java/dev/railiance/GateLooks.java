package dev.railiance;

import dev.railiance.effect.GateJudgement;
import dev.railiance.effect.GateJudgement.Question;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.GateEvaluation;
import dev.railiance.promotion.GateEvaluation.Result;
import dev.railiance.promotion.Lifecycle;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand.EvaluateGate;
import dev.railiance.promotion.PromotionCommand.StartRollback;
import dev.railiance.promotion.Trigger;
import dev.railiance.stage2.Known;
import dev.railiance.stage2.WeightSchedule;

/** Looks at the gates between the steps of a canary that is followed. */
final class GateLooks {

    private final WorkContext work;
    private final GateJudgement judgement;

    GateLooks(WorkContext work, GateJudgement judgement) {
        this.work = work;
        this.judgement = judgement;
    }

    /**
     * Records one look at each gate.
     *
     * @return {@code judged} where the next step may follow, {@code waiting} where a gate holds, {@code passed} where all is
     *     done, {@code failed} or {@code rolled-back} where a required gate says no
     */
    Outcome<Move> look(Known known, WeightSchedule schedule, boolean last) {
        Promotion promotion = known.promotion().orElseThrow();
        var question = new Question(
                work.design().repository(),
                work.design().contract().stage2().gates(),
                work.design().deploy().namespace(),
                work.design().stable(),
                work.design().canary(),
                schedule.since());
        boolean holds = false;
        for (GateEvaluation look : judgement.look(question, work.cancellation())) {
            Outcome<Move> recorded = work.tell(new EvaluateGate(look)).then(told -> Outcome.done(Move.of("judged")));
            if (recorded instanceof Outcome.NotDone<Move>) {
                return recorded;
            }
            boolean required = promotion.rules().requiredGates().contains(look.gate());
            if (required && look.verdict() == Result.FAIL) {
                return refused(known, promotion, "gate " + look.gate() + " failed: " + look.reason());
            }
            holds |= required && look.verdict() == Result.HOLD;
        }
        if (holds) {
            return Outcome.done(Move.of("waiting", "a gate holds"));
        }
        return last
                ? work.known()
                        .then(after -> Outcome.done(
                                Lifecycle.find(after.promotion().orElseThrow().phase(), Trigger.START_WEIGHT)
                                                .isPresent()
                                        ? Move.of("waiting", "the gates have not decided")
                                        : Move.of("passed", "every required gate passed")))
                : Outcome.done(Move.of("judged"));
    }

    private Outcome<Move> refused(Known known, Promotion promotion, String reason) {
        if (!promotion.rules().automaticRollback()) {
            return Outcome.done(Move.of("failed", reason));
        }
        Attempt attempt = work.attempt();
        return work.tell(new StartRollback(attempt, true, reason))
                .then(started -> new CanaryRemoval(work).carryOut(known, attempt.id()))
                .then(move -> Outcome.done(Move.of(move.outcome(), reason)));
    }
}
