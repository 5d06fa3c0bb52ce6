package dev.railiance;

import dev.railiance.DeployRequest.Mode;
import dev.railiance.contract.Freeze;
import dev.railiance.effect.Deployer;
import dev.railiance.failure.Outcome;
import dev.railiance.projection.Stage2DeployResult;
import dev.railiance.projection.Stage2DeployResult.Ran;
import dev.railiance.promotion.PromotionCommand.StartCanary;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Verdict;
import dev.railiance.stage1.DependencyChecks;
import dev.railiance.stage2.Known;
import dev.railiance.stage2.PlanDigests;
import dev.railiance.stage2.Planning;
import dev.railiance.stage2.Planning.Depth;
import dev.railiance.stage2.Stage2Plan;
import java.time.Instant;
import java.util.Optional;

/** Stage 2 as a whole: a plan always, and its effect where that is asked for and nothing stands in the way. */
final class Stage2Run {

    private final EngineParts parts;

    Stage2Run(EngineParts parts) {
        this.parts = parts;
    }

    Outcome<Stage2DeployResult> carryOut(DeployRequest request) {
        Instant started = parts.now();
        return DeploySubject.read(request, parts.processes(), parts.settings())
                .then(subject -> deployer(request, subject).then(deployer -> {
                    try (deployer) {
                        return parts.engine()
                                .query(subject.known())
                                .then(known -> digests(subject, known)
                                        .then(digests -> planned(request, subject, known, digests, deployer, started)));
                    }
                }));
    }

    private Outcome<Deployer> deployer(DeployRequest request, DeploySubject subject) {
        return parts.deployer(request.context(), subject.design().deploy().namespace(), request.cancellation());
    }

    private static Outcome<PlanDigests> digests(DeploySubject subject, Known known) {
        return PlanDigests.of(subject.design(), subject.artifact().digest(), subject.contract(), known.base());
    }

    private Outcome<Stage2DeployResult> planned(
            DeployRequest request,
            DeploySubject subject,
            Known known,
            PlanDigests digests,
            Deployer deployer,
            Instant started) {
        return freeze(subject, known, digests)
                .then(freeze -> planned(request, subject, known, digests, freeze, deployer, started));
    }

    private Outcome<Stage2DeployResult> planned(
            DeployRequest request,
            DeploySubject subject,
            Known known,
            PlanDigests digests,
            Optional<String> freeze,
            Deployer deployer,
            Instant started) {
        request.progress().accept("planning");
        Stage2Plan plan = new Planning(subject.design(), deployer)
                .plan(
                        known,
                        subject.artifact(),
                        digests,
                        freeze,
                        parts.now(),
                        new DependencyChecks(parts.processes(), parts.settings().environment(), request.cancellation())
                                .of(subject.design().contract(), request.repository(), 2),
                        new Depth(request.mode() != Mode.APPLY, request.mode() == Mode.DRY_RUN));
        Ran ran = new Ran(
                request.mode().name(),
                parts.settings().actor(),
                started,
                parts.settings().clock());
        if (request.mode() != Mode.APPLY || plan.verdict() != Verdict.PASSED) {
            return Outcome.done(Stage2DeployResult.of(
                    subject.design(), subject.artifact(), plan, known, ran.ended(outcome(plan), Optional.empty())));
        }
        PromotionId id = known.promotion().orElseThrow().id();
        return new CanaryWork(parts, subject, deployer, request)
                .carryOut(digests.plan(), id)
                .then(move -> parts.engine()
                        .query(subject.known(id))
                        .then(after -> Outcome.done(Stage2DeployResult.of(
                                subject.design(),
                                subject.artifact(),
                                plan,
                                after,
                                ran.ended(move.outcome(), move.reason())))));
    }

    private static String outcome(Stage2Plan plan) {
        return switch (plan.verdict()) {
            case PASSED, SKIPPED -> "planned";
            case FAILED -> "refused";
            case ERRORED -> "errored";
        };
    }

    /** Before a promotion is opened, only what is declared here is known of. */
    private Outcome<Optional<String>> freeze(DeploySubject subject, Known known, PlanDigests digests) {
        return known.promotion()
                .map(promotion -> parts.freeze(promotion, attempt -> new StartCanary(attempt, digests.plan())))
                .orElseGet(() -> Outcome.done(
                        ContractPolicy.of(subject.design().contract(), subject.contract()).open(parts.now()).stream()
                                .map(Freeze::name)
                                .findFirst()));
    }
}
