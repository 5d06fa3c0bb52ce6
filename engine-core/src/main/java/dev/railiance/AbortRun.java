package dev.railiance;

import dev.railiance.contract.AppContract;
import dev.railiance.contract.ContractReader;
import dev.railiance.effect.Deployer;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.Fence;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.StatusRow;
import dev.railiance.projection.AbortResult;
import dev.railiance.projection.Query;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand.AbortPromotion;
import dev.railiance.promotion.PromotionCommand.StartRollback;
import dev.railiance.promotion.PromotionEvent.PromoteStarted;
import dev.railiance.promotion.PromotionId;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.Known;
import java.nio.file.Path;
import java.time.Instant;
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
                .query(request.promotion().map(Query::status).orElseGet(Query::latestStatus))
                .then(row -> given(request, row, started));
    }

    private Outcome<AbortResult> given(AbortRequest request, StatusRow row, Instant started) {
        PromotionId id = row.promotion();
        return known(id).then(known -> switch (row.phase()) {
            case NEW, OPENED, VALIDATING, VALIDATED -> {
                List<String> steps = List.of("record that the promotion is given up; nothing of it is deployed");
                yield request.apply()
                        ? parts.engine()
                                .handle(id, new AbortPromotion(request.reason()))
                                .then(done -> known(id))
                                .then(after -> result(request, after, "aborted", started, steps))
                        : result(request, known, "planned", started, steps);
            }
            case CANARY_DEPLOYING, CANARY_DEPLOYED, GATES_PASSED, APPROVED -> removal(request, known, started);
            case ROLLING_BACK ->
                known.last(PromoteStarted.class).isEmpty()
                        ? removal(request, known, started)
                        : Outcome.notDone(inProduction(id));
            case PROMOTING, PROMOTED -> Outcome.notDone(inProduction(id));
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

    private Outcome<Known> known(PromotionId id) {
        return parts.engine()
                .query(view -> Outcome.done(new Known(view.events(id), Optional.empty(), Optional.empty())));
    }

    /** By the contract under which the canary was deployed, whatever the repository says now. */
    private Outcome<AbortResult> removal(AbortRequest request, Known known, Instant started) {
        Promotion promotion = known.promotion().orElseThrow();
        return parts.engine()
                .query(view -> Outcome.done(
                        view.kept(promotion.opening().orElseThrow().contract().value())))
                .then(text -> design(request.repository(), promotion, text))
                .then(design -> {
                    List<String> steps = design.weighted()
                            ? List.of(
                                    "give the canary no traffic: " + design.routing() + " at weight 0",
                                    "uninstall " + design.canary(),
                                    "prove that neither is left")
                            : List.of("uninstall " + design.canary(), "prove that it is gone");
                    return request.apply()
                            ? removed(request, known, design, started, steps)
                            : result(request, known, "planned", started, steps);
                });
    }

    /** The canary as the contract in the ledger has it, whatever the repository says now. */
    static Outcome<CanaryDesign> design(Path repository, Promotion promotion, Optional<String> text) {
        Optional<AppContract> contract = text.flatMap(kept -> new ContractReader().declared(kept));
        return contract.flatMap(AppContract::deploy)
                .<Outcome<CanaryDesign>>map(deploy ->
                        Outcome.done(new CanaryDesign(repository.toAbsolutePath(), contract.orElseThrow(), deploy)))
                .orElseGet(() -> Outcome.notDone(new Failure(
                        Code.LEDGER_DAMAGED,
                        "the contract of promotion " + promotion.id() + " is not in the ledger",
                        "railiance audit verify")));
    }

    private Outcome<AbortResult> removed(
            AbortRequest request, Known known, CanaryDesign design, Instant started, List<String> steps) {
        PromotionId id = known.promotion().orElseThrow().id();
        return parts.deployer(request.context(), design.deploy().namespace(), request.cancellation())
                .then(deployer -> {
                    try (deployer) {
                        return removed(request, known, design, deployer)
                                .then(move -> known(id)
                                        .then(after -> result(request, after, move.outcome(), started, steps)));
                    }
                });
    }

    /** Under the lease where it is to be had; a process that hangs with it is told by the ledger that it comes too late. */
    private Outcome<Move> removed(AbortRequest request, Known known, CanaryDesign design, Deployer deployer) {
        PromotionId id = known.promotion().orElseThrow().id();
        Optional<Ledger.Lease> lease = parts.ledger().lease(id);
        try {
            var work = new WorkContext(
                    parts,
                    id,
                    lease.map(Ledger.Lease::fence).orElse(Fence.NONE),
                    design,
                    deployer,
                    request.cancellation(),
                    request.progress(),
                    "railiance abort " + id + " --apply");
            Attempt attempt = work.attempt();
            return work.tell(new StartRollback(attempt, false, request.reason()))
                    .then(begun -> new CanaryRemoval(work).carryOut(known, attempt.id()));
        } finally {
            lease.ifPresent(Ledger.Lease::close);
        }
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
