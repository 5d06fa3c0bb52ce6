package dev.railiance;

import dev.railiance.contract.Rollback;
import dev.railiance.effect.ClusterObject;
import dev.railiance.effect.ReleaseState;
import dev.railiance.effect.ReleaseState.Condition;
import dev.railiance.effect.ReleaseState.Present;
import dev.railiance.effect.RolloutLook;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.PromotionCommand.CompleteRollback;
import dev.railiance.promotion.PromotionCommand.FailRollback;
import dev.railiance.promotion.PromotionCommand.StartRollback;
import dev.railiance.promotion.PromotionEvent.RollbackStarted;
import dev.railiance.stage1.DeclaredSteps;
import dev.railiance.stage2.Known;
import dev.railiance.stage2.ObjectChange;
import dev.railiance.stage3.PreviousRelease;
import dev.railiance.stage3.PreviousRelease.Target;
import dev.railiance.stage3.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings back what was in production before a promotion, under a rollback that is recorded already, and takes the canary
 * away. It counts as done only once it was proven; what is restored already is left alone, so that it can be begun again.
 */
final class ProductionRestore {

    private final WorkContext work;

    ProductionRestore(WorkContext work) {
        this.work = work;
    }

    Outcome<Move> carryOut(Known known, AttemptId attempt) {
        Outcome<List<String>> restored =
                Standing.touchedProduction(known) ? production(known, attempt) : Outcome.done(List.of());
        // The canary keeps its traffic for as long as what would take it over is not sound.
        Outcome<List<String>> left = restored.then(
                wrong -> wrong.isEmpty() ? new CanaryRemoval(work).takenAway(known, attempt) : Outcome.done(wrong));
        return switch (left) {
            case Outcome.Done<List<String>> done -> recorded(attempt, done.value());
            case Outcome.NotDone<List<String>> not ->
                WorkContext.open(not.failure())
                        ? Outcome.notDone(not.failure())
                        : recorded(attempt, List.of(not.failure().message()));
        };
    }

    /** Carries on the one that is recorded, whose process died. */
    Outcome<Move> resumed(Known known) {
        Optional<Attempt> open = known.promotion().orElseThrow().attempt();
        if (open.isPresent()) {
            return carryOut(known, open.get().id());
        }
        RollbackStarted begun = known.last(RollbackStarted.class).orElseThrow();
        Attempt attempt = work.attempt();
        return work.tell(new StartRollback(attempt, begun.automatic(), begun.reason(), begun.revision(), begun.plan()))
                .then(told -> work.known())
                .then(again -> carryOut(again, attempt.id()));
    }

    private Outcome<Move> recorded(AttemptId attempt, List<String> differences) {
        return differences.isEmpty()
                ? work.tell(new CompleteRollback(attempt))
                        .then(told ->
                                Outcome.done(Move.of("rolled-back", "what was there before is proven to be back")))
                : work.tell(new FailRollback(attempt, differences))
                        .then(told -> Outcome.done(
                                Move.of("incomplete", "not as before: " + String.join("; ", differences))));
    }

    private Outcome<List<String>> production(Known known, AttemptId attempt) {
        Rollback declared = work.design().contract().rollback();
        return switch (declared.strategy()) {
            case COMMANDS -> {
                // Where Helm does not know the release, or cannot be asked, there is nothing to wait for.
                new SettledRelease(work, work.design().stable()).undisturbed();
                yield work.cancellation().isCancelled() ? work.interrupted() : byCommands(declared, attempt);
            }
            case HELM_REVISION ->
                PreviousRelease.target(known, asked(known))
                        .map(target -> byHelm(target, attempt))
                        .orElseGet(() -> Outcome.done(
                                List.of("the ledger does not say what was in production before; --revision names it")));
        };
    }

    private static Optional<Integer> asked(Known known) {
        return known.last(RollbackStarted.class).flatMap(RollbackStarted::revision);
    }

    private Outcome<List<String>> byCommands(Rollback declared, AttemptId attempt) {
        work.says("running the commands that restore production");
        return work.ours(attempt).then(ours -> {
            Optional<String> failed =
                    steps().run(declared.commands(), work.design().repository());
            return failed.isPresent() ? interruptedOr(List.of(failed.get())) : verified();
        });
    }

    private Outcome<List<String>> byHelm(Target target, AttemptId attempt) {
        String release = work.design().stable();
        if (target.nothing()) {
            work.says("removing " + release + ", which was not there before");
            return new SettledRelease(work, release)
                    .undisturbed()
                    .then(settled -> work.ours(attempt))
                    .then(ours -> work.deployer()
                            .remove(release, work.design().deploy().timeout()))
                    .then(gone -> work.deployer().state(release))
                    .then(state -> state instanceof ReleaseState.Absent
                            ? Outcome.done(List.of())
                            : Outcome.done(List.of("release " + release)));
        }
        return new SettledRelease(work, release)
                .undisturbed()
                .then(settled -> new PreviousRelease(work.design(), work.deployer()).objects(target))
                .then(wanted -> back(target, wanted, attempt)
                        .then(made -> new RolloutWatch(work)
                                .until(release, attempt, work.design().deploy().timeout()))
                        // It may have been one of which nothing ran.
                        .then(look -> look.state() == RolloutLook.State.READY || look.state() == RolloutLook.State.IDLE
                                ? proven(wanted)
                                : Outcome.done(List.of("rollout of " + release + ": " + look.summary()))));
    }

    /** A new revision only where the newest one is not it already. */
    private Outcome<Boolean> back(Target target, List<ClusterObject> wanted, AttemptId attempt) {
        String release = work.design().stable();
        return work.deployer()
                .state(release)
                .then(state -> work.deployer().objects(release).then(running -> {
                    boolean there = state instanceof Present present
                            && present.condition() == Condition.DEPLOYED
                            && ClusterObject.together(running).equals(ClusterObject.together(wanted));
                    if (there) {
                        return Outcome.done(false);
                    }
                    work.says("rolling " + release + " back to revision " + target.revision());
                    return work.ours(attempt)
                            .then(ours -> work.deployer()
                                    .rollBack(
                                            release,
                                            target.revision(),
                                            work.design().deploy().timeout()))
                            .then(made -> Outcome.done(true));
                }));
    }

    private Outcome<List<String>> proven(List<ClusterObject> wanted) {
        String release = work.design().stable();
        return work.deployer().objects(release).then(running -> {
            List<String> differences = ObjectChange.between(release, running, wanted).stream()
                    .map(change -> change.kind() + " " + change.name())
                    .toList();
            return differences.isEmpty() ? verified() : Outcome.done(differences);
        });
    }

    private Outcome<List<String>> verified() {
        List<String> wrong = steps().check(
                        work.design().contract().rollback().verify(),
                        work.design().repository());
        return interruptedOr(wrong);
    }

    private Outcome<List<String>> interruptedOr(List<String> wrong) {
        return work.cancellation().isCancelled() && !wrong.isEmpty()
                ? Outcome.notDone(
                        new Failure(Code.INTERRUPTED, "promotion " + work.id() + ": interrupted", work.resumed()))
                : Outcome.done(new ArrayList<>(wrong));
    }

    private DeclaredSteps steps() {
        EngineSettings settings = work.parts().settings();
        return new DeclaredSteps(
                work.parts().processes(),
                settings.environment(),
                settings.charts().map(charts -> charts.create(work.parts().processes(), settings.environment())),
                work.cancellation());
    }
}
