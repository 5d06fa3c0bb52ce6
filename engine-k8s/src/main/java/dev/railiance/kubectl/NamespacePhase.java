package dev.railiance.kubectl;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterNamespace;
import java.util.ArrayList;
import java.util.List;

/** {@code kubectl get namespace}: whether a namespace is there and takes objects. NOT_FOUND when there is none. */
public record NamespacePhase(ClusterNamespace namespace) implements KubectlOperation<NamespacePhase.Phase> {

    /** What a namespace is in. */
    public enum Phase {
        ACTIVE,
        /** It is being deleted and takes nothing new. */
        TERMINATING
    }

    @Override
    public String name() {
        return "kubectl get namespace";
    }

    @Override
    public List<String> arguments() {
        List<String> arguments =
                new ArrayList<>(List.of("get", "namespaces", namespace.name(), "--output=jsonpath={.status.phase}"));
        arguments.addAll(KubectlOperation.place(namespace.context()));
        return List.copyOf(arguments);
    }

    @Override
    public Answer<Phase> read(Captured stdout) {
        return switch (stdout.text()) {
            case "Active" -> Answer.done(Phase.ACTIVE);
            case "Terminating" -> Answer.done(Phase.TERMINATING);
            default -> unreadable("named no phase");
        };
    }

    @Override
    public Answer<Phase> explain(int exitCode, Captured stdout, Captured stderr) {
        return switch (KubectlOperation.super.explain(exitCode, stdout, stderr)) {
            case Answer.NotDone<Phase> not
            when not.cause() == Answer.Cause.NAMESPACE_NOT_FOUND ->
                Answer.notDone(Answer.Cause.NOT_FOUND, not.reason());
            case Answer<Phase> other -> other;
        };
    }
}
