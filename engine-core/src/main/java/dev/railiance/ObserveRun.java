package dev.railiance;

import dev.railiance.effect.Deployer;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.Ledger;
import dev.railiance.projection.Stage2ObserveResult;
import dev.railiance.projection.Stage2ObserveResult.Ran;
import dev.railiance.projection.Stage2ObserveResult.Subject;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionId;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.Known;
import dev.railiance.stage2.LiveCanary;
import dev.railiance.stage2.WeightSchedule;
import java.util.Optional;

/** Observes a canary, by the contract that it was deployed under. */
final class ObserveRun {

    private final EngineParts parts;

    ObserveRun(EngineParts parts) {
        this.parts = parts;
    }

    Outcome<Stage2ObserveResult> carryOut(ObserveRequest request) {
        var ran = new Ran(
                request.live(),
                parts.settings().actor(),
                parts.now(),
                parts.settings().clock());
        return parts.engine()
                .query(RepositoryPromotion.of(request.repository(), request.promotion()))
                .then(row -> parts.known(row.promotion()))
                .then(known -> RecordedDesign.of(
                                parts.engine(), known.promotion().orElseThrow(), request.repository())
                        .then(design -> {
                            if (!request.live()) {
                                return result(design, known, Optional.empty(), ran, Move.of("planned"));
                            }
                            Promotion promotion = known.promotion().orElseThrow();
                            return GateLooks.LOOKED_AT.contains(promotion.phase())
                                    ? live(request, design, known, ran)
                                    : Outcome.notDone(new Failure(
                                            Code.ILLEGAL_TRANSITION,
                                            "promotion " + promotion.id() + " has no canary to observe: it is "
                                                    + promotion.phase(),
                                            "railiance status " + promotion.id()));
                        }));
    }

    private Outcome<Stage2ObserveResult> live(ObserveRequest request, CanaryDesign design, Known known, Ran ran) {
        return parts.deployer(request.context(), design.deploy().namespace(), request.cancellation())
                .then(deployer -> {
                    try (deployer) {
                        return AllowedContext.of(design, deployer)
                                .then(allowed -> LiveCanary.of(design, known, allowed))
                                .then(seen -> judged(request, design, known, seen, deployer)
                                        .then(move -> parts.known(known.promotion()
                                                        .orElseThrow()
                                                        .id())
                                                .then(after -> result(design, after, Optional.of(seen), ran, move))));
                    }
                });
    }

    /** Under the lease: where somebody else works on the promotion, it is he who looks at the gates. */
    private Outcome<Move> judged(
            ObserveRequest request, CanaryDesign design, Known known, LiveCanary seen, Deployer deployer) {
        PromotionId id = known.promotion().orElseThrow().id();
        if (!seen.release().isOf(id)) {
            return Outcome.done(
                    Move.of("waiting", "release " + design.canary() + " is not there any more, or somebody else's"));
        }
        Optional<Ledger.Lease> lease = parts.ledger().lease(id);
        if (lease.isEmpty()) {
            return Outcome.done(Move.of("waiting", "another process works on it and looks at the gates"));
        }
        try (Ledger.Lease held = lease.get()) {
            var work = new WorkContext(
                    parts,
                    id,
                    Optional.of(held),
                    design,
                    deployer,
                    request.context(),
                    request.cancellation(),
                    request.progress(),
                    "railiance observe " + id + " --live");
            return GateSight.of(work).then(sight -> {
                try (sight) {
                    // What was read before the lease may be of another weight.
                    return work.known()
                            .then(fresh -> tooEarly(design, fresh)
                                    .<Outcome<Move>>map(Outcome::done)
                                    .orElseGet(() -> new GateLooks(work, sight).look(fresh)));
                }
            });
        }
    }

    private Optional<Move> tooEarly(CanaryDesign design, Known known) {
        Promotion promotion = known.promotion().orElseThrow();
        var schedule = new WeightSchedule(design.steps(), known);
        if (!GateLooks.LOOKED_AT.contains(promotion.phase())) {
            return Optional.of(Move.of("waiting", "the canary is not there any more: it is " + promotion.phase()));
        }
        if (!GateLooks.exposed(design, promotion)) {
            return Optional.of(Move.of("waiting", "the canary has no traffic yet"));
        }
        return promotion.phase() == Phase.CANARY_DEPLOYED
                        && schedule.next().isEmpty()
                        && parts.now().isBefore(schedule.heldUntil())
                ? Optional.of(Move.of("waiting", "held until " + schedule.heldUntil()))
                : Optional.empty();
    }

    private Outcome<Stage2ObserveResult> result(
            CanaryDesign design, Known known, Optional<LiveCanary> seen, Ran ran, Move move) {
        return Outcome.done(Stage2ObserveResult.of(
                new Subject(design, known, GateLooks.question(design, known)),
                seen,
                ran,
                move.outcome().equals("judged") ? "waiting" : move.outcome(),
                move.reason()));
    }
}
