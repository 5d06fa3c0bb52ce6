package dev.railiance;

import dev.railiance.contract.Gate;
import dev.railiance.failure.Outcome;
import dev.railiance.gate.Score;
import dev.railiance.observation.Question;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.GateEvaluation;
import dev.railiance.promotion.GateEvaluation.Result;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand.EvaluateGate;
import dev.railiance.promotion.PromotionCommand.PassGates;
import dev.railiance.promotion.PromotionCommand.StartRollback;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.CanaryDeployed;
import dev.railiance.promotion.PromotionEvent.GateEvaluated;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.Known;
import dev.railiance.stage2.WeightSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at the gates of a canary, records what was seen, and says what follows. */
final class GateLooks {

    /** In these the gates are looked at; what passed may fail later. */
    static final Set<Phase> LOOKED_AT = Set.of(Phase.CANARY_DEPLOYED, Phase.GATES_PASSED, Phase.APPROVED);

    private final WorkContext work;
    private final GateSight sight;

    GateLooks(WorkContext work, GateSight sight) {
        this.work = work;
        this.sight = sight;
    }

    /** Whether the canary has what it is judged by: a share of the traffic, or an address of its own. */
    static boolean exposed(CanaryDesign design, Promotion promotion) {
        return !design.weighted() || promotion.weight() > 0;
    }

    /** What is to be looked at: what was seen of an earlier canary, or with another weight, does not count. */
    static Question question(CanaryDesign design, Known known) {
        List<PromotionEvent> history = known.history();
        int deployed =
                known.last(CanaryDeployed.class).map(history::lastIndexOf).orElse(history.size());
        List<GateEvaluation> earlier = history.subList(deployed, history.size()).stream()
                .filter(GateEvaluated.class::isInstance)
                .map(event -> ((GateEvaluated) event).evaluation())
                .toList();
        return new Question(
                design.contract().stage2().gates(),
                design.canary(),
                Question.CANARY,
                new WeightSchedule(design.steps(), known).since(),
                Math.max(1, design.steps().size()),
                earlier);
    }

    /**
     * Looks at each gate that is due and records what was seen.
     *
     * @return {@code judged} where every required gate passes and steps are left, {@code waiting} where one does not yet,
     *     {@code passed} where all is done, {@code failed}, {@code rolled-back} or {@code incomplete} where a required gate failed
     */
    Outcome<Move> look(Known known) {
        Promotion before = known.promotion().orElseThrow();
        Optional<String> condemned = condemned(before);
        if (condemned.isPresent()) {
            return refused(before, condemned.get());
        }
        for (GateEvaluation look : sight.look(question(work.design(), known))) {
            work.says("gate " + look.gate() + ": " + look.verdict() + ", " + look.reason());
            Outcome<Move> recorded = work.tell(new EvaluateGate(look)).then(told -> Outcome.done(Move.of("judged")));
            if (recorded instanceof Outcome.NotDone<Move>) {
                return recorded;
            }
            if (look.verdict() == Result.FAIL && before.rules().requiredGates().contains(look.gate())) {
                return refused(before, "gate " + look.gate() + " failed: " + look.reason());
            }
        }
        return work.cancellation().isCancelled()
                ? work.interrupted()
                : work.known().then(this::decided);
    }

    private Outcome<Move> decided(Known known) {
        Promotion promotion = known.promotion().orElseThrow();
        if (!LOOKED_AT.contains(promotion.phase())) {
            return Outcome.done(Move.of("waiting", "the canary is not there any more: it is " + promotion.phase()));
        }
        List<String> open = open(promotion);
        Optional<String> failed = failed(promotion);
        if (failed.isPresent()) {
            return Outcome.done(Move.of("failed", failed.get()));
        }
        if (!open.isEmpty()) {
            return Outcome.done(Move.of("waiting", "without a pass: " + String.join(", ", open)));
        }
        if (promotion.phase() != Phase.CANARY_DEPLOYED) {
            return passed();
        }
        Optional<Score> score = score(promotion);
        if (score.filter(all -> all.verdict() == Result.FAIL).isPresent()) {
            return refused(promotion, score.get().reason());
        }
        if (score.filter(all -> all.verdict() == Result.HOLD).isPresent()) {
            return Outcome.done(Move.of("waiting", score.get().reason()));
        }
        if (new WeightSchedule(work.design().steps(), known).next().isPresent()) {
            return Outcome.done(Move.of("judged"));
        }
        // Where there are gates the last look at one has asked this already.
        return work.tell(new PassGates()).then(told -> passed());
    }

    private static Outcome<Move> passed() {
        return Outcome.done(Move.of("passed", "every required gate passed"));
    }

    /** Why the canary must go before anything else: a process that saw a gate fail has died before it could begin with it. */
    static Optional<String> condemned(Promotion promotion) {
        return promotion.rules().automaticRollback() ? failed(promotion) : Optional.empty();
    }

    private static Optional<String> failed(Promotion promotion) {
        return promotion.rules().requiredGates().stream()
                .filter(gate -> promotion.gates().get(gate) == Result.FAIL)
                .findFirst()
                .map(gate -> "gate " + gate + " failed at an earlier look");
    }

    /** The required gates without a pass at this weight. */
    private List<String> open(Promotion promotion) {
        var open = new ArrayList<String>();
        for (Gate gate : work.design().contract().stage2().gates()) {
            Result latest = promotion.gates().get(gate.name());
            if (promotion.rules().requiredGates().contains(gate.name()) && latest != Result.PASS) {
                open.add(gate.name());
            }
        }
        return open;
    }

    private Optional<Score> score(Promotion promotion) {
        var stage2 = work.design().contract().stage2();
        return stage2.score()
                .map(thresholds -> Score.of(
                        thresholds,
                        stage2.gates().stream()
                                .map(gate -> new Score.Judged(
                                        gate.name(),
                                        gate.stake(),
                                        promotion.gates().getOrDefault(gate.name(), Result.HOLD)))
                                .toList()));
    }

    private Outcome<Move> refused(Promotion promotion, String reason) {
        if (!promotion.rules().automaticRollback()) {
            return Outcome.done(Move.of("failed", reason));
        }
        Attempt attempt = work.attempt();
        return work.tell(new StartRollback(attempt, true, reason))
                .then(started -> work.known())
                .then(begun -> new ProductionRestore(work).carryOut(begun, attempt.id()))
                .then(move -> Outcome.done(Move.of(move.outcome(), reason)));
    }
}
