package dev.railiance.tool;

import java.util.Optional;

/**
 * A namespace of a cluster.
 *
 * @param context the kubeconfig's context; its current one when empty
 */
public record ClusterNamespace(Optional<String> context, String name) {

    public ClusterNamespace {
        context.ifPresent(Arguments::requireNoOption);
        Arguments.requireName(name);
    }
}
