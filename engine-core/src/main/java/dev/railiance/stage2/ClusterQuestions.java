package dev.railiance.stage2;

import dev.railiance.contract.AppContract;
import dev.railiance.contract.Dependency;
import dev.railiance.contract.value.SecretLocation;
import dev.railiance.effect.ClusterQuestion;
import java.util.ArrayList;
import java.util.Optional;

/** What the stages of a contract need of a cluster. */
public final class ClusterQuestions {

    private ClusterQuestions() {}

    /** What a stage needs of the cluster. */
    public static ClusterQuestion of(CanaryDesign design, int stage) {
        AppContract contract = design.contract();
        var secrets = new ArrayList<ClusterQuestion.SecretKey>();
        contract.secrets().stream()
                .filter(secret -> secret.neededIn().contains(stage))
                .forEach(secret -> {
                    if (secret.location() instanceof SecretLocation.Kubernetes at) {
                        secrets.add(new ClusterQuestion.SecretKey(secret.name(), at.namespace(), at.name(), at.key()));
                    }
                });
        var conditions = new ArrayList<ClusterQuestion.Condition>();
        for (Dependency dependency : contract.dependencies()) {
            if (dependency.probe() instanceof Dependency.Probe.Resource at) {
                conditions.add(new ClusterQuestion.Condition(
                        dependency.name(),
                        dependency.required(),
                        at.resource(),
                        at.condition(),
                        at.namespace(),
                        at.timeout()));
            }
        }
        return new ClusterQuestion(design.deploy().contexts(), secrets, conditions, signed(contract.artifact()), true);
    }

    private static Optional<ClusterQuestion.SignedImage> signed(dev.railiance.contract.Artifact artifact) {
        return artifact.signature()
                .flatMap(signature -> artifact.image()
                        .map(image -> new ClusterQuestion.SignedImage(
                                image, artifact.digest(), signature.identity(), signature.issuer())));
    }
}
