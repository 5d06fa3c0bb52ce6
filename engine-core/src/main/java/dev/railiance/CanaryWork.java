package dev.railiance;

import dev.railiance.effect.Deployer;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.Ledger;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.NextStep;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand.StartCanary;
import dev.railiance.promotion.PromotionCommand.StartWeight;
import dev.railiance.promotion.PromotionEvent.RollbackStarted;
import dev.railiance.promotion.PromotionEvent.WeightChanged;
import dev.railiance.promotion.PromotionEvent.WeightStarted;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.TrafficShare;
import dev.railiance.stage2.Known;
import dev.railiance.stage2.WeightSchedule;
import dev.railiance.stage2.WeightSchedule.Due;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** The work on one canary under a lease: whatever comes next, one move at a time, from what ledger and cluster say. */
final class CanaryWork {

    private final EngineParts parts;
    private final DeploySubject subject;
    private final Deployer deployer;
    private final DeployRequest request;

    CanaryWork(EngineParts parts, DeploySubject subject, Deployer deployer, DeployRequest request) {
        this.parts = parts;
        this.subject = subject;
        this.deployer = deployer;
        this.request = request;
    }

    Outcome<Move> carryOut(Digest plan, PromotionId id) {
        Optional<Ledger.Lease> lease = parts.ledger().lease(id);
        if (lease.isEmpty()) {
            return Outcome.notDone(EngineFailures.busy(id, parts.ledger().leaseholder(id)));
        }
        try (Ledger.Lease held = lease.get()) {
            var work = new WorkContext(
                    parts,
                    id,
                    Optional.of(held),
                    subject.design(),
                    deployer,
                    request.context(),
                    request.cancellation(),
                    request.progress(),
                    "railiance deploy --stage 2 --apply");
            return GateSight.of(work).then(sight -> {
                try (sight) {
                    var gates = new GateLooks(work, sight);
                    return request.follow()
                            ? followed(work, gates, plan)
                            : work.known().then(known -> next(work, gates, known, plan));
                }
            });
        }
    }

    private Outcome<Move> followed(WorkContext work, GateLooks gates, Digest plan) {
        while (true) {
            Outcome<Move> moved = work.known().then(known -> next(work, gates, known, plan));
            if (!(moved instanceof Outcome.Done<Move> done) || !done.value().goesOn()) {
                return moved;
            }
            if (done.value().outcome().equals("waiting") && !work.pause(Duration.ofSeconds(2))) {
                return work.interrupted();
            }
        }
    }

    /** The one move that comes next. */
    private Outcome<Move> next(WorkContext work, GateLooks gates, Known known, Digest plan) {
        Promotion promotion = known.promotion().orElseThrow();
        return switch (promotion.phase()) {
            case VALIDATED -> {
                Attempt attempt = work.attempt();
                yield work.tell(new StartCanary(attempt, plan))
                        .then(started -> new CanaryRollout(work).applied(known, attempt.id()));
            }
            case CANARY_DEPLOYING ->
                new CanaryRollout(work)
                        .carryOut(known, promotion.attempt().orElseThrow().id());
            case CANARY_DEPLOYED -> weighed(work, gates, known, promotion);
            case ROLLING_BACK ->
                known.last(RollbackStarted.class).orElseThrow().automatic()
                        ? new ProductionRestore(work).resumed(known)
                        : Outcome.notDone(new Failure(
                                Code.ILLEGAL_TRANSITION,
                                "promotion " + work.id() + " is being taken back",
                                NextStep.of(promotion.phase(), work.id()).command()));
            default -> Outcome.done(Move.of("unchanged", "Stage 2 has nothing left to deploy"));
        };
    }

    private Outcome<Move> weighed(WorkContext work, GateLooks gates, Known known, Promotion promotion) {
        if (promotion.attempt().isPresent()) {
            int weight = known.last(WeightStarted.class).orElseThrow().weight();
            return new WeightChange(work)
                    .carryOut(known, promotion.attempt().get().id(), weight, "weighted");
        }
        if (GateLooks.condemned(promotion).isPresent()) {
            return gates.look(known);
        }
        String canary = work.design().canary();
        return work.deployer()
                .state(canary)
                .then(state -> state.isOf(work.id())
                        ? deployed(work, gates, known, promotion)
                        : Outcome.done(
                                Move.of("failed", "release " + canary + " is not there any more, or somebody else's")));
    }

    private Outcome<Move> deployed(WorkContext work, GateLooks gates, Known known, Promotion promotion) {
        var schedule = new WeightSchedule(work.design().steps(), known);
        return found(work, known, promotion.weight()).then(found -> {
            if (found.isPresent()) {
                return begun(work, known, promotion.weight(), found, "restored");
            }
            Optional<Due> next = schedule.next();
            // The gates decide before each step; a canary that is followed is looked at while it is held, too. The last
            // step's
            // hold comes to its end first: after it nothing keeps a look from passing the gates.
            boolean due = !work.now().isBefore(next.map(Due::due).orElseGet(schedule::heldUntil));
            Outcome<Move> judged =
                    GateLooks.exposed(work.design(), promotion) && (due || (request.follow() && next.isPresent()))
                            ? gates.look(known)
                            : Outcome.done(Move.of("judged"));
            if (!(judged instanceof Outcome.Done<Move> done)
                    || !done.value().outcome().equals("judged")) {
                return judged;
            }
            return due && next.isPresent()
                    ? begun(work, known, next.get().weight(), Optional.empty(), "weighted")
                    : Outcome.done(Move.of("waiting", "held until " + schedule.heldUntil()));
        });
    }

    /** A share that is not the recorded one: somebody else has changed it. */
    private static Outcome<Optional<TrafficShare>> found(WorkContext work, Known known, int weight) {
        return weight == 0
                ? Outcome.done(Optional.empty())
                : work.deployer()
                        .share(work.design().route())
                        .then(share -> scaled(work, known)
                                .then(scaled -> Outcome.done(
                                        WeightChange.as(share, weight) && !scaled
                                                ? Optional.empty()
                                                : Optional.of(share))));
    }

    /** Whether pods make the share, and the canary is asked for another number of them than at its last step. */
    private static Outcome<Boolean> scaled(WorkContext work, Known known) {
        Optional<Integer> pods =
                known.last(WeightChanged.class).flatMap(WeightChanged::actual).flatMap(TrafficShare::canaryPods);
        return pods.isEmpty()
                ? Outcome.done(false)
                : work.deployer()
                        .replicas(work.design().canary())
                        .then(asked -> Outcome.done(!asked.equals(OptionalInt.of(pods.get()))));
    }

    private static Outcome<Move> begun(
            WorkContext work, Known known, int weight, Optional<TrafficShare> found, String outcome) {
        Attempt attempt = work.attempt();
        return work.tell(new StartWeight(attempt, weight, found))
                .then(started -> new WeightChange(work).carryOut(known, attempt.id(), weight, outcome));
    }
}
