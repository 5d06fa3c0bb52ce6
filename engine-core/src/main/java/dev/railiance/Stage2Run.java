package dev.railiance;

import dev.railiance.DeployRequest.Mode;
import dev.railiance.effect.Deployer;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.Ledger;
import dev.railiance.process.Processes;
import dev.railiance.projection.Stage2DeployResult;
import dev.railiance.projection.Stage2DeployResult.Ran;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand.StartCanary;
import dev.railiance.promotion.Verdict;
import dev.railiance.stage1.DependencyChecks;
import dev.railiance.stage2.Known;
import dev.railiance.stage2.PlanDigests;
import dev.railiance.stage2.Planning;
import dev.railiance.stage2.Planning.Depth;
import dev.railiance.stage2.Stage2Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Stage 2 as a whole: a plan always, and its effect where that is asked for and nothing stands in the way. */
final class Stage2Run {

    private final PromotionEngine engine;
    private final Ledger ledger;
    private final Processes processes;
    private final EngineSettings settings;
    private final Identities identities;

    Stage2Run(
            PromotionEngine engine,
            Ledger ledger,
            Processes processes,
            EngineSettings settings,
            Identities identities) {
        this.engine = engine;
        this.ledger = ledger;
        this.processes = processes;
        this.settings = settings;
        this.identities = identities;
    }

    Outcome<Stage2DeployResult> carryOut(DeployRequest request) {
        Instant started = settings.clock().instant();
        return DeploySubject.read(request, processes, settings)
                .then(subject -> deployer(request, subject).then(deployer -> {
                    try (deployer) {
                        return engine.query(subject.known())
                                .then(known -> digests(subject, known)
                                        .then(digests -> planned(request, subject, known, digests, deployer, started)));
                    }
                }));
    }

    private Outcome<Deployer> deployer(DeployRequest request, DeploySubject subject) {
        return settings.deployers()
                .<Outcome<Deployer>>map(factory -> factory.create(
                        processes,
                        settings.environment(),
                        request.context(),
                        subject.design().deploy().namespace(),
                        request.cancellation()))
                .orElseGet(() -> Outcome.notDone(
                        new Failure(Code.TOOL_UNAVAILABLE, "this engine was made without anything that deploys", "")));
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
        request.progress().accept("planning");
        Stage2Plan plan = new Planning(subject.design(), deployer)
                .plan(
                        known,
                        subject.artifact(),
                        digests,
                        freeze(subject, known, digests),
                        settings.clock().instant(),
                        new DependencyChecks(processes, settings.environment(), request.cancellation())
                                .of(subject.design().contract(), request.repository(), 2),
                        new Depth(request.mode() != Mode.APPLY, request.mode() == Mode.DRY_RUN));
        Ran ran = new Ran(request.mode().name(), settings.actor(), started, settings.clock());
        if (request.mode() != Mode.APPLY || plan.verdict() != Verdict.PASSED) {
            return Outcome.done(Stage2DeployResult.of(
                    subject.design(), subject.artifact(), plan, known, ran.ended(outcome(plan), Optional.empty())));
        }
        return new CanaryWork(engine, ledger, processes, settings, identities, subject, deployer, request)
                .carryOut(digests.plan(), known.promotion().orElseThrow().id())
                .then(move -> engine.query(subject.known())
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

    private Optional<String> freeze(DeploySubject subject, Known known, PlanDigests digests) {
        var attempt = new Attempt(identities.attempt(), settings.host(), 0);
        return ContractPolicy.of(subject.design().contract(), subject.contract())
                .freeze(
                        new StartCanary(attempt, digests.plan()),
                        known.promotion().map(Promotion::approvals).orElse(List.of()),
                        settings.clock().instant());
    }
}
