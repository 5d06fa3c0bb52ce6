package dev.railiance;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.StatusRow;
import dev.railiance.projection.AbortResult;
import dev.railiance.projection.Stage3RollbackResult;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand.AbortPromotion;
import dev.railiance.promotion.PromotionEvent.RollbackStarted;
import dev.railiance.promotion.PromotionId;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.Known;
import dev.railiance.stage3.PreviousRelease;
import dev.railiance.stage3.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives a promotion up and takes its canary away: at any time, also while another process still works on it. */
final class AbortRun {

    private final EngineParts parts;

    AbortRun(EngineParts parts) {
        this.parts = parts;
    }

    Outcome<AbortResult> carryOut(AbortRequest request) {
        Instant started = parts.now();
        return parts.engine()
                .query(RepositoryPromotion.of(request.repository(), request.promotion()))
                .then(row -> given(request, row, started));
    }

    private Outcome<AbortResult> given(AbortRequest request, StatusRow row, Instant started) {
        PromotionId id = row.promotion();
        return parts.known(id).then(known -> switch (known.promotion()
                .orElseThrow()
                .phase()) {
            case NEW, OPENED, VALIDATING, VALIDATED -> {
                List<String> steps = List.of("record that the promotion is given up; nothing of it is deployed");
                yield request.apply()
                        ? parts.engine()
                                .handle(id, new AbortPromotion(request.reason()))
                                .then(done -> parts.known(id))
                                .then(after -> result(request, after, "aborted", started, steps))
                        : result(request, known, "planned", started, steps);
            }
            case CANARY_DEPLOYING, CANARY_DEPLOYED, GATES_PASSED, APPROVED, PROMOTING, ROLLING_BACK ->
                removal(request, known, started);
            case PROMOTED -> Outcome.notDone(inProduction(id));
            case ROLLED_BACK, ABORTED, SUPERSEDED ->
                Outcome.notDone(new Failure(
                        Code.PROMOTION_ENDED, "promotion " + id + " has ended already", "railiance status --all"));
        });
    }

    private static Failure inProduction(PromotionId id) {
        return new Failure(
                Code.ILLEGAL_TRANSITION,
                "promotion " + id + " has reached production: it is rolled back, not given up",
                "railiance rollback " + id);
    }

    /** By the contract under which the canary was deployed, whatever the repository says now. */
    private Outcome<AbortResult> removal(AbortRequest request, Known known, Instant started) {
        Promotion promotion = known.promotion().orElseThrow();
        return RecordedDesign.of(parts.engine(), promotion, request.repository())
                .then(design -> {
                    List<String> steps = steps(known, design);
                    return request.apply()
                            ? removed(request, known, design, started, steps)
                            : result(request, known, "planned", started, steps);
                });
    }

    private static List<String> steps(Known known, CanaryDesign design) {
        List<String> steps = new ArrayList<>();
        if (Standing.touchedProduction(known)) {
            steps.addAll(Stage3RollbackResult.steps(
                    design, known, PreviousRelease.target(known, begun(known).flatMap(RollbackStarted::revision))));
        }
        steps.addAll(
                design.weighted()
                        ? List.of(
                                "give the canary no traffic: " + design.routing() + " at weight 0",
                                "uninstall " + design.canary(),
                                "prove that neither is left")
                        : List.of("uninstall " + design.canary(), "prove that it is gone"));
        return steps;
    }

    /** The rollback that is carried on, as it was begun. */
    private static Optional<RollbackStarted> begun(Known known) {
        return Standing.rollingBack(known.promotion().orElseThrow())
                ? known.last(RollbackStarted.class)
                : Optional.empty();
    }

    private Outcome<AbortResult> removed(
            AbortRequest request, Known known, CanaryDesign design, Instant started, List<String> steps) {
        PromotionId id = known.promotion().orElseThrow().id();
        return parts.deployer(request.context(), design.deploy().namespace(), request.cancellation())
                .then(deployer -> {
                    try (deployer) {
                        return AllowedContext.of(design, deployer)
                                .then(allowed -> new TakeBack(parts, id)
                                        .carryOut(
                                                lease -> new WorkContext(
                                                        parts,
                                                        id,
                                                        lease,
                                                        design,
                                                        allowed,
                                                        request.context(),
                                                        request.cancellation(),
                                                        request.progress(),
                                                        "railiance abort " + id + " --apply"),
                                                request.reason(),
                                                begun(known).flatMap(RollbackStarted::revision),
                                                begun(known).flatMap(RollbackStarted::plan))
                                        .then(move -> parts.known(id)
                                                .then(after ->
                                                        result(request, after, move.outcome(), started, steps))));
                    }
                });
    }

    private Outcome<AbortResult> result(
            AbortRequest request, Known known, String outcome, Instant started, List<String> steps) {
        return Outcome.done(AbortResult.of(
                known,
                request.apply(),
                outcome,
                request.reason(),
                parts.settings().actor().name(),
                started,
                parts.now(),
                steps));
    }
}
