package dev.railiance.projection;

import dev.railiance.promotion.Actor;
import dev.railiance.promotion.GateEvaluation;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.*;
import dev.railiance.promotion.Proof;
import dev.railiance.promotion.Release;
import dev.railiance.promotion.ValidationReport;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something outside the ledger that an event relies on, by its digest.
 *
 * @param kind {@code file}, {@code manifests}, {@code samples}, {@code plan}, {@code statement}, {@code signature} or
 *     {@code signers}
 * @param name path, release, gate or approver
 * @param digest of the content
 */
public record ReliedOn(String kind, String name, String digest) {

    /** All that an event relies on, in the order in which the event says it. */
    public static List<ReliedOn> by(PromotionEvent event) {
        return switch (event) {
            case PromotionValidated done -> files(done.report());
            case ValidationFailed done -> files(done.report());
            case ValidationErrored done -> files(done.report());
            case CanaryDeployed done -> manifests(done.release());
            case PromotionPromoted done ->
                Stream.concat(manifests(done.release()).stream(), samples(done.gates()))
                        .toList();
            case PromoteFailed done -> samples(done.gates()).toList();
            case GateEvaluated look -> samples(List.of(look.evaluation())).toList();
            case ApprovalGranted granted ->
                Stream.concat(
                                Stream.of(new ReliedOn(
                                        "plan",
                                        granted.approval().approver().name(),
                                        granted.approval().plan().value())),
                                proof(
                                        granted.approval().approver(),
                                        granted.approval().proof()))
                        .toList();
            case ApprovalWithdrawn withdrawn ->
                proof(withdrawn.by(), withdrawn.proof()).toList();
            default -> List.of();
        };
    }

    private static Stream<ReliedOn> proof(Actor person, Optional<Proof> proof) {
        return proof.stream()
                .flatMap(shown -> Stream.of(
                        new ReliedOn(
                                "statement", person.name(), shown.statement().value()),
                        new ReliedOn(
                                "signature", person.name(), shown.signature().value()),
                        new ReliedOn("signers", person.name(), shown.signers().value())));
    }

    private static List<ReliedOn> files(ValidationReport report) {
        return report.evidence().stream()
                .map(file -> new ReliedOn("file", file.path(), file.digest().value()))
                .toList();
    }

    private static Stream<ReliedOn> samples(List<GateEvaluation> looks) {
        return looks.stream()
                .map(look -> new ReliedOn("samples", look.gate(), look.digest().value()));
    }

    private static List<ReliedOn> manifests(Release release) {
        return List.of(
                new ReliedOn("manifests", release.name(), release.manifests().value()));
    }
}
