package dev.railiance.kubectl;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Arguments;
import dev.railiance.tool.ClusterNamespace;
import dev.railiance.tool.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code kubectl get --raw} of a namespace: whether it is there and takes objects. NOT_FOUND when there is none. Which kinds of
 * objects the API server has does not matter to it, and is not asked first.
 */
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
                new ArrayList<>(List.of("get", "--raw=/api/v1/namespaces/" + Arguments.requireName(namespace.name())));
        arguments.addAll(KubectlOperation.place(namespace.context()));
        return List.copyOf(arguments);
    }

    @Override
    public Answer<Phase> read(Captured stdout) {
        return Json.read(this, stdout, found -> switch (Json.text(found.path("status"), "phase")) {
            case "Active" -> Phase.ACTIVE;
            case "Terminating" -> Phase.TERMINATING;
            default -> throw new Json.Odd();
        });
    }

    @Override
    public Answer<Phase> explain(int exitCode, Captured stdout, Captured stderr) {
        return KubectlOperation.noneWithoutNamespace(KubectlOperation.super.explain(exitCode, stdout, stderr));
    }
}
