package dev.railiance.kubectl;

import dev.railiance.contract.value.SecretLocation;
import dev.railiance.effect.SecretSource;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterNamespace;
import java.util.Optional;

/**
 * Secrets of the cluster ({@code k8s:NAMESPACE/NAME#KEY}), each read when it is needed and kept nowhere; what is kept elsewhere
 * is unsupported.
 *
 * @param context the kubeconfig's context; its current one when empty
 */
public record KubectlSecrets(Kubectl kubectl, Optional<String> context) implements SecretSource {

    @Override
    public Reading read(SecretLocation location, Cancellation cancellation) {
        if (!(location instanceof SecretLocation.Kubernetes(String namespace, String name, String key))) {
            return new Reading.Lacking(Lack.UNSUPPORTED);
        }
        SecretValue value;
        try {
            value = new SecretValue(new ClusterNamespace(context, namespace), name, key);
        } catch (IllegalArgumentException e) {
            // Kubernetes has no object with such a name.
            return new Reading.Lacking(Lack.ABSENT);
        }
        return switch (kubectl.run(value, OutputSink.NONE, cancellation)) {
            case Answer.Done<Reading> done -> done.value();
            case Answer.NotDone<Reading> not -> new Reading.Lacking(lack(not.cause()));
        };
    }

    private static Lack lack(Answer.Cause cause) {
        return switch (cause) {
            case NOT_FOUND, NAMESPACE_NOT_FOUND -> Lack.ABSENT;
            case FORBIDDEN, UNAUTHENTICATED -> Lack.DENIED;
            default -> Lack.UNREACHABLE;
        };
    }
}
