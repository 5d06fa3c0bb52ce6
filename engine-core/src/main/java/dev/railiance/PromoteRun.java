package dev.railiance;

import dev.railiance.DeployRequest.Mode;
import dev.railiance.effect.Deployer;
import dev.railiance.effect.Prerequisite;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.StatusRow;
import dev.railiance.projection.LedgerView;
import dev.railiance.projection.Query;
import dev.railiance.projection.Stage2DeployResult.Ran;
import dev.railiance.projection.Stage3PromoteResult;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand.StartPromote;
import dev.railiance.promotion.PromotionEvent.RollbackStarted;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Verdict;
import dev.railiance.stage1.DependencyChecks;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.Known;
import dev.railiance.stage2.Planning.Depth;
import dev.railiance.stage3.PlanChange;
import dev.railiance.stage3.PlanParts;
import dev.railiance.stage3.PromotionPrerequisites;
import dev.railiance.stage3.Stage3Plan;
import dev.railiance.stage3.Stage3Planning;
import dev.railiance.stage3.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A promotion to production as a whole: a plan always, and its effect where that is asked for and nothing stands in the way. */
final class PromoteRun {

    private final EngineParts parts;

    PromoteRun(EngineParts parts) {
        this.parts = parts;
    }

    Outcome<Stage3PromoteResult> carryOut(PromoteRequest request) {
        Ran ran = new Ran(
                request.mode().name(),
                parts.settings().actor(),
                parts.now(),
                parts.settings().clock());
        return DeploySubject.read(request.subject(), parts.processes(), parts.settings())
                .then(subject -> parts.engine()
                        .query(known(subject, request))
                        .then(known -> planned(subject, known)
                                .then(plan -> decided(new Call(request, ran, subject, known, plan)))));
    }

    private static Outcome<PlanParts> planned(DeploySubject subject, Known known) {
        return PlanParts.ofPromotion(subject.design(), subject.artifact().digest(), subject.contract(), known.base());
    }

    /** A call with what it is about. */
    private record Call(PromoteRequest request, Ran ran, DeploySubject subject, Known known, PlanParts plan) {

        Promotion promotion() {
            return known.promotion().orElseThrow();
        }

        boolean apply() {
            return request.mode() == Mode.APPLY;
        }
    }

    private Query<Known> known(DeploySubject subject, PromoteRequest request) {
        return view -> promotion(subject, request, view)
                .then(id -> Outcome.done(
                        new Known(view.events(id), view.holder(subject.target()), base(view, subject, id))));
    }

    /** That of the id; else that of exactly what lies here; else the one at work on the target. */
    private static Outcome<PromotionId> promotion(DeploySubject subject, PromoteRequest request, LedgerView view) {
        if (request.promotion().isPresent()) {
            return Query.status(request.promotion().get())
                    .answer(view)
                    .then(row -> row.target().equals(subject.target())
                            ? Outcome.done(row.promotion())
                            : Outcome.notDone(new Failure(
                                    Code.USAGE,
                                    "promotion " + row.promotion() + " is of " + row.target()
                                            + ", while the contract here is of " + subject.target(),
                                    "railiance status " + row.promotion())));
        }
        return view.current(
                        subject.target(),
                        subject.artifact().digest().value(),
                        subject.contract().value())
                .map(StatusRow::promotion)
                .or(() -> view.holder(subject.target()))
                .<Outcome<PromotionId>>map(Outcome::done)
                .orElseGet(() -> Outcome.notDone(new Failure(
                        Code.PROMOTION_NOT_FOUND,
                        "no promotion of this artifact under this contract is recorded",
                        "railiance run")));
    }

    /** What is in production beside the promotion itself. */
    static Optional<PromotionId> base(LedgerView view, DeploySubject subject, PromotionId id) {
        return view.inProduction(subject.target()).filter(promotion -> !promotion.equals(id));
    }

    private Outcome<Stage3PromoteResult> decided(Call call) {
        Promotion promotion = call.promotion();
        if (promotion.phase().end()) {
            return Outcome.notDone(new Failure(
                    Code.PROMOTION_ENDED,
                    "promotion " + promotion.id() + " has ended: it is " + promotion.phase(),
                    "railiance run"));
        }
        if (Standing.inProduction(promotion)) {
            return there(call);
        }
        return parts.engine().query(kept(call)).then(before -> {
            List<String> changed = PlanChange.names(call.known(), call.plan(), before);
            boolean carriedOut = Standing.approved(promotion) || Standing.promoting(promotion);
            if (call.apply() && carriedOut && !changed.isEmpty()) {
                return Outcome.notDone(changed(promotion, changed));
            }
            return withPrerequisites(call, changed);
        });
    }

    private static Query<Optional<PlanParts>> kept(Call call) {
        return view ->
                Outcome.done(PlanChange.reference(call.known(), call.plan().digest())
                        .flatMap(digest -> view.kept(digest.value()))
                        .flatMap(PlanParts::read));
    }

    private static Failure changed(Promotion promotion, List<String> names) {
        return new Failure(
                Code.PLAN_CHANGED,
                "promotion " + promotion.id() + ": " + PromotionPrerequisites.changed(names),
                Standing.promoting(promotion)
                        ? "railiance abort " + promotion.id() + " --apply"
                        : names.contains("artifact") || names.contains("contract")
                                ? "railiance run"
                                : "railiance approvals " + promotion.id());
    }

    private Outcome<Stage3PromoteResult> there(Call call) {
        Move move = Move.of("unchanged", "it was promoted already");
        return Outcome.done(result(
                call,
                Stage3Plan.untold(call.plan(), List.of()),
                call.known(),
                call.apply()
                        ? PromoteWork.superseded(
                                parts, call.promotion().id(), call.subject().target(), move)
                        : move));
    }

    private Outcome<Stage3PromoteResult> withPrerequisites(Call call, List<String> changed) {
        return parts.freeze(
                        call.promotion(),
                        attempt -> new StartPromote(attempt, call.plan().digest()))
                .then(freeze -> withPrerequisites(call, changed, freeze));
    }

    private Outcome<Stage3PromoteResult> withPrerequisites(Call call, List<String> changed, Optional<String> freeze) {
        List<Prerequisite> found =
                new ArrayList<>(new PromotionPrerequisites(call.subject().design(), call.known(), call.plan())
                        .all(changed, freeze, parts.settings().metricSources().isPresent(), parts.now()));
        boolean restores = restores(call);
        if (call.apply() && !restores && Stage3Plan.verdict(found) != Verdict.PASSED) {
            Stage3Plan plan = Stage3Plan.untold(call.plan(), found);
            return Outcome.done(result(call, plan, call.known(), Move.of(plan.outcome())));
        }
        return restores && call.apply()
                ? restored(call)
                : deployed(call, call.subject().design(), deployer -> planned(call, found, deployer));
    }

    /** By the contract that was promoted under, whatever the repository says now. */
    private Outcome<Stage3PromoteResult> restored(Call call) {
        return RecordedDesign.of(
                        parts.engine(), call.promotion(), call.request().repository())
                .then(design -> deployed(
                        call,
                        design,
                        deployer -> worked(call, design, Stage3Plan.untold(call.plan(), List.of()), deployer)));
    }

    private Outcome<Stage3PromoteResult> deployed(
            Call call, CanaryDesign design, Function<Deployer, Outcome<Stage3PromoteResult>> work) {
        return parts.deployer(
                        call.request().context(),
                        design.deploy().namespace(),
                        call.request().cancellation())
                .then(deployer -> {
                    try (deployer) {
                        return work.apply(deployer);
                    }
                });
    }

    /** A failed promotion whose own way back was interrupted; one that somebody asked for is theirs to go on with. */
    private static boolean restores(Call call) {
        return Standing.rollingBack(call.promotion())
                && call.known()
                        .last(RollbackStarted.class)
                        .filter(RollbackStarted::automatic)
                        .isPresent();
    }

    private Outcome<Stage3PromoteResult> planned(Call call, List<Prerequisite> found, Deployer deployer) {
        PromoteRequest request = call.request();
        request.progress().accept("planning");
        found.addAll(new DependencyChecks(parts.processes(), parts.settings().environment(), request.cancellation())
                .of(call.subject().design().contract(), request.repository(), 3));
        Stage3Plan plan = new Stage3Planning(call.subject().design(), deployer)
                .promotion(call.known(), call.plan(), found, new Depth(!call.apply(), request.mode() == Mode.DRY_RUN));
        return call.apply() && plan.verdict() == Verdict.PASSED
                ? worked(call, call.subject().design(), plan, deployer)
                : Outcome.done(result(call, plan, call.known(), Move.of(plan.outcome())));
    }

    private Outcome<Stage3PromoteResult> worked(Call call, CanaryDesign design, Stage3Plan plan, Deployer deployer) {
        PromotionId id = call.promotion().id();
        return new PromoteWork(parts, design, deployer, call.request())
                .carryOut(call.plan().digest(), id)
                .then(move -> parts.engine()
                        .query(view -> Outcome.done(new Known(
                                view.events(id), Optional.empty(), call.known().base())))
                        .then(after -> Outcome.done(result(call, plan, after, move))));
    }

    private static Stage3PromoteResult result(Call call, Stage3Plan plan, Known known, Move move) {
        return Stage3PromoteResult.of(
                call.subject().design(),
                call.subject().artifact(),
                plan,
                known,
                call.ran().ended(move.outcome(), move.reason()));
    }
}
