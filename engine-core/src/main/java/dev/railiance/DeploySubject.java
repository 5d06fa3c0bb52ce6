package dev.railiance;

import dev.railiance.contract.Contract;
import dev.railiance.contract.ContractReader;
import dev.railiance.contract.Deploy;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.StatusRow;
import dev.railiance.process.Processes;
import dev.railiance.projection.Query;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import dev.railiance.source.SourceInspection;
import dev.railiance.source.SourceInspector;
import dev.railiance.stage2.CanaryDesign;
import dev.railiance.stage2.Known;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * What a deployment is about, as it lies in the repository.
 *
 * @param contract digest of the contract's bytes
 */
record DeploySubject(CanaryDesign design, Digest contract, Artifact artifact, Target target) {

    /** Reads contract and source. */
    static Outcome<DeploySubject> read(DeployRequest request, Processes processes, EngineSettings settings) {
        if (!Files.isDirectory(request.repository())) {
            return Outcome.notDone(new Failure(
                    Code.REPOSITORY_NOT_FOUND,
                    "the repository is not a directory: " + request.repository(),
                    "railiance deploy --repo DIR"));
        }
        return switch (new ContractReader().read(request.contract(), request.repository())) {
            case Contract.Invalid invalid -> Outcome.notDone(ContractFailures.of(invalid));
            case Contract.Valid valid ->
                helm(valid).then(deploy -> inspected(request, valid, deploy, processes, settings));
        };
    }

    private static Outcome<Deploy> helm(Contract.Valid valid) {
        return valid.contract()
                .deploy()
                .filter(deploy -> deploy.tool() == Deploy.Tool.HELM)
                .<Outcome<Deploy>>map(Outcome::done)
                .orElseGet(() -> Outcome.notDone(new Failure(
                        Code.DEPLOY_NOT_DECLARED,
                        "the contract declares no deployment with Helm",
                        "declare one in [deploy], then railiance validate")));
    }

    private static Outcome<DeploySubject> inspected(
            DeployRequest request, Contract.Valid valid, Deploy deploy, Processes processes, EngineSettings settings) {
        var inspector = new SourceInspector(processes, settings.environment());
        return switch (inspector.inspect(
                request.repository(), valid.contract().source().exclude(), request.cancellation())) {
            case SourceInspection.Unavailable unavailable ->
                Outcome.notDone(new Failure(Code.SOURCE_UNAVAILABLE, unavailable.message(), unavailable.hint()));
            case SourceInspection.Inspected inspected ->
                Outcome.done(new DeploySubject(
                        new CanaryDesign(request.repository().toAbsolutePath(), valid.contract(), deploy),
                        new Digest(valid.digest()),
                        ContractFacts.artifact(valid.contract(), inspected.source()),
                        ContractFacts.target(valid.contract())));
        };
    }

    /** What the ledger knows of it. */
    Query<Known> known() {
        return view -> {
            Optional<PromotionId> promotion = view.current(
                            target, artifact.digest().value(), contract.value())
                    .map(StatusRow::promotion);
            return Outcome.done(new Known(
                    promotion.map(view::events).orElse(List.of()), view.holder(target), view.inProduction(target)));
        };
    }

    /** The same of one promotion, also where it has ended meanwhile. */
    Query<Known> known(PromotionId promotion) {
        return view -> Outcome.done(new Known(view.events(promotion), view.holder(target), view.inProduction(target)));
    }
}
