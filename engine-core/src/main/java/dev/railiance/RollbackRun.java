package dev.railiance;

import dev.railiance.contract.Contract;
import dev.railiance.contract.ContractReader;
import dev.railiance.contract.Rollback;
import dev.railiance.effect.CommandPlace;
import dev.railiance.effect.Deployer;
import dev.railiance.effect.Prerequisite;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.StatusRow;
import dev.railiance.projection.Query;
import dev.railiance.projection.Stage2DeployResult.Ran;
import dev.railiance.projection.Stage3RollbackResult;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent.RollbackStarted;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import dev.railiance.promotion.Verdict;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.Known;
import dev.railiance.stage3.PlanParts;
import dev.railiance.stage3.PreviousRelease;
import dev.railiance.stage3.RollbackPrerequisites;
import dev.railiance.stage3.Stage3Plan;
import dev.railiance.stage3.Stage3Planning;
import dev.railiance.stage3.Standing;
import java.util.List;
import java.util.Optional;

/** A rollback as a whole: a plan always, and its effect where that is asked for and nothing stands in the way. */
final class RollbackRun {

    private final EngineParts parts;

    RollbackRun(EngineParts parts) {
        this.parts = parts;
    }

    Outcome<Stage3RollbackResult> carryOut(RollbackRequest request) {
        Ran ran = new Ran(
                request.apply() ? "APPLY" : "PLAN",
                parts.settings().actor(),
                parts.now(),
                parts.settings().clock());
        return row(request)
                .then(row -> parts.engine()
                        .query(view -> Outcome.done(
                                new Known(view.events(row.promotion()), view.holder(row.target()), Optional.empty()))))
                .then(this::mayBegin)
                .then(known -> RecordedDesign.of(
                                parts.engine(), known.promotion().orElseThrow(), request.repository())
                        .then(design -> planned(new Call(request, ran, design, known))));
    }

    private Outcome<Known> mayBegin(Known known) {
        Promotion promotion = known.promotion().orElseThrow();
        if (!Standing.mayRollBack(promotion)) {
            return Outcome.notDone(illegal(promotion));
        }
        if (!Standing.inProduction(promotion)) {
            return Outcome.done(known);
        }
        return parts.engine()
                .query(view -> Outcome.done(view.promoted(promotion.target())))
                .then(promoted -> promoted.isEmpty() || promoted.getLast().equals(promotion.id())
                        ? Outcome.done(known)
                        : Outcome.notDone(replaced(promotion.id(), promoted.getLast())));
    }

    private static Failure replaced(PromotionId id, PromotionId successor) {
        return new Failure(
                Code.ILLEGAL_TRANSITION,
                "promotion " + id + " is not in production any more: " + successor + " was promoted after it",
                "railiance rollback " + successor);
    }

    private static Failure illegal(Promotion promotion) {
        PromotionId id = promotion.id();
        if (promotion.phase().end()) {
            return new Failure(
                    Code.PROMOTION_ENDED,
                    "promotion " + id + " has ended: it is " + promotion.phase()
                            + "; nothing is rolled back twice, so fix forward with a new promotion",
                    "railiance run");
        }
        return new Failure(
                Code.ILLEGAL_TRANSITION,
                "nothing of promotion " + id + " is deployed: it is given up, not rolled back",
                "railiance abort " + id);
    }

    /** By its id, else by the target of the contract here. */
    private Outcome<StatusRow> row(RollbackRequest request) {
        if (request.promotion().isPresent()) {
            return parts.engine().query(Query.status(request.promotion().get()));
        }
        return switch (new ContractReader().read(request.contract(), request.repository())) {
            case Contract.Invalid invalid -> Outcome.notDone(ContractFailures.of(invalid));
            case Contract.Valid valid -> parts.engine().query(at(ContractFacts.target(valid.contract())));
        };
    }

    private static Query<StatusRow> at(Target target) {
        return view -> view.holder(target)
                .or(() -> view.inProduction(target))
                .flatMap(view::status)
                .<Outcome<StatusRow>>map(Outcome::done)
                .orElseGet(() -> Outcome.notDone(new Failure(
                        Code.PROMOTION_NOT_FOUND,
                        "no promotion is in flight or in production on " + target,
                        "railiance status --all")));
    }

    /** A call with what it is about. */
    private record Call(RollbackRequest request, Ran ran, CanaryDesign design, Known known) {

        Promotion promotion() {
            return known.promotion().orElseThrow();
        }

        Optional<Integer> revision() {
            return request.revision()
                    .or(() -> Standing.rollingBack(promotion())
                            ? known.last(RollbackStarted.class).flatMap(RollbackStarted::revision)
                            : Optional.empty());
        }

        /** What Helm is to go back to; none where commands do it, or production was not touched. */
        Optional<PreviousRelease.Target> target() {
            return RollbackRun.target(design, known, revision());
        }

        PlanParts parts() {
            return RollbackRun.parts(known, target());
        }
    }

    /** What Helm is to go back to, to the revision asked for or the recorded one; none where Helm does not do it. */
    static Optional<PreviousRelease.Target> target(CanaryDesign design, Known known, Optional<Integer> revision) {
        return Standing.touchedProduction(known)
                        && design.contract().rollback().strategy() == Rollback.Strategy.HELM_REVISION
                ? PreviousRelease.target(known, revision)
                : Optional.empty();
    }

    static PlanParts parts(Known known, Optional<PreviousRelease.Target> target) {
        Promotion promotion = known.promotion().orElseThrow();
        return PlanParts.ofRollback(
                promotion.id(), promotion.opening().orElseThrow().contract(), target);
    }

    private Outcome<Stage3RollbackResult> planned(Call call) {
        RollbackRequest request = call.request();
        List<Prerequisite> found = new RollbackPrerequisites(
                        call.design(),
                        call.known(),
                        new CommandPlace(
                                request.context(), call.design().deploy().namespace()))
                .all(call.target(), call.parts().digest(), parts.now());
        if (request.apply() && Stage3Plan.verdict(found) != Verdict.PASSED) {
            Stage3Plan plan = Stage3Plan.untold(call.parts(), found);
            return Outcome.done(result(call, plan, call.known(), Move.of(plan.outcome())));
        }
        return parts.deployer(request.context(), call.design().deploy().namespace(), request.cancellation())
                .then(deployer -> {
                    try (deployer) {
                        request.progress().accept("planning");
                        Stage3Plan plan = new Stage3Planning(call.design(), deployer)
                                .rollback(call.known(), call.parts(), found, call.target(), !request.apply());
                        return request.apply() && plan.verdict() == Verdict.PASSED
                                ? worked(call, plan, deployer)
                                : Outcome.done(result(call, plan, call.known(), Move.of(plan.outcome())));
                    }
                });
    }

    private Outcome<Stage3RollbackResult> worked(Call call, Stage3Plan plan, Deployer deployer) {
        PromotionId id = call.promotion().id();
        RollbackRequest request = call.request();
        return new TakeBack(parts, id)
                .carryOut(
                        lease -> new WorkContext(
                                parts,
                                id,
                                lease,
                                call.design(),
                                deployer,
                                request.context(),
                                request.cancellation(),
                                request.progress(),
                                "railiance rollback " + id + " --apply"),
                        request.reason(),
                        call.revision(),
                        Optional.of(call.parts().digest()))
                .then(move -> parts.known(id).then(after -> Outcome.done(result(call, plan, after, move))));
    }

    private static Stage3RollbackResult result(Call call, Stage3Plan plan, Known known, Move move) {
        return Stage3RollbackResult.of(
                call.design(),
                plan,
                known,
                call.target(),
                call.request().reason(),
                call.ran().ended(move.outcome(), move.reason()));
    }
}
