package dev.railiance.contract;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the application reaches a cluster.
 *
 * @param environment with the application's name: the target that one promotion at a time may hold
 * @param chart path in the repository or an {@code oci://} reference; always present where the tool is Helm
 * @param subchart the chart's dependency, by name or alias, that image and replicas are handed on to; a plain key
 * @param values files relative to the repository, in order
 * @param contexts kube contexts that may be deployed to; empty: any
 * @param commands never empty where the tool is {@link Tool#COMMANDS}
 */
public record Deploy(
        Tool tool,
        String environment,
        Optional<String> chart,
        Optional<String> subchart,
        String release,
        String namespace,
        List<String> values,
        Duration timeout,
        List<String> contexts,
        List<DeclaredCommand> commands) {

    public Deploy {
        values = List.copyOf(values);
        contexts = List.copyOf(contexts);
        commands = List.copyOf(commands);
    }

    /** What does the deploying. */
    public enum Tool {
        HELM,
        COMMANDS
    }
}
