package dev.railiance;

import dev.railiance.approval.Registrar;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.process.Processes;
import dev.railiance.projection.Query;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionId;
import dev.railiance.replay.Policy;
import dev.railiance.signature.SigningKey;
import dev.railiance.stage2.Known;
import dev.railiance.stage2.PlanDigests;
import dev.railiance.stage3.PlanParts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The engine, as approving sees it. */
final class ApprovalDesk implements Registrar {

    private final PromotionEngine engine;
    private final EngineSettings settings;
    private final Processes processes;
    private final Path repository;

    ApprovalDesk(PromotionEngine engine, EngineSettings settings, Processes processes, Path repository) {
        this.engine = engine;
        this.settings = settings;
        this.processes = processes;
        this.repository = repository;
    }

    @Override
    public <T> Outcome<T> query(Query<T> query) {
        return engine.query(query);
    }

    @Override
    public Outcome<Decision> record(
            PromotionId promotion, PromotionCommand command, Actor by, List<KeptDocument> documents) {
        return engine.record(promotion, command, by, documents);
    }

    @Override
    public Outcome<SigningKey> key(Path file) {
        return engine.signingKey(file);
    }

    @Override
    public Optional<Policy> policy(String contract) {
        return ContractPolicy.of(contract);
    }

    /** Without a cluster: a plan's digest is over what lies in the repository and what the ledger knows. */
    @Override
    public Outcome<Planned> plan(Scope scope, PromotionId promotion) {
        return switch (scope) {
            case STAGE2 -> canary(promotion);
            case STAGE3 -> production(promotion);
            case ROLLBACK -> rollback(promotion);
        };
    }

    private Outcome<Planned> canary(PromotionId promotion) {
        return subject(promotion, "--stage 2")
                .then(subject -> engine.query(subject.known())
                        .then(known -> PlanDigests.of(
                                subject.design(), subject.artifact().digest(), subject.contract(), known.base()))
                        .then(digests -> Outcome.done(new Planned(digests.plan(), Optional.empty()))));
    }

    private Outcome<Planned> production(PromotionId promotion) {
        return subject(promotion, "--stage 3")
                .then(subject -> engine.query(view -> Outcome.done(PromoteRun.base(view, subject, promotion)))
                        .then(base -> PlanParts.ofPromotion(
                                subject.design(), subject.artifact().digest(), subject.contract(), base)))
                .then(ApprovalDesk::kept);
    }

    private Outcome<Planned> rollback(PromotionId promotion) {
        return engine.query(view -> Outcome.done(new Known(view.events(promotion), Optional.empty(), Optional.empty())))
                .then(known -> RecordedDesign.of(engine, known.promotion().orElseThrow(), repository)
                        .then(design ->
                                kept(RollbackRun.parts(known, RollbackRun.target(design, known, Optional.empty())))));
    }

    private static Outcome<Planned> kept(PlanParts parts) {
        return Outcome.done(new Planned(parts.digest(), Optional.of(KeptDocument.of(parts.document()))));
    }

    /** What lies in the repository, where it is what the promotion was opened for. */
    private Outcome<DeploySubject> subject(PromotionId promotion, String stage) {
        return DeploySubject.read(DeployRequest.of(repository, DeployRequest.Mode.PLAN), processes, settings)
                .then(subject -> engine.query(subject.known())
                        .then(known -> known.promotion().map(Promotion::id).equals(Optional.of(promotion))
                                ? Outcome.done(subject)
                                : Outcome.notDone(new Failure(
                                        Code.PLAN_CHANGED,
                                        "what lies in the repository is not what promotion " + promotion
                                                + " was opened for: its plan cannot be made here",
                                        "railiance approve " + promotion + " " + stage
                                                + " --plan DIGEST --key ~/.ssh/id_ed25519 --reason TEXT"))));
    }

    @Override
    public Actor actor() {
        return settings.actor();
    }

    @Override
    public Instant now() {
        return settings.clock().instant();
    }
}
