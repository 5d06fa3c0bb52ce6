package dev.railiance.helm;

import dev.railiance.tool.Arguments;
import dev.railiance.tool.ClusterNamespace;
import java.util.ArrayList;
import java.util.List;

/** A release of Helm: its name in a namespace of a cluster. */
public record Release(ClusterNamespace namespace, String name) {

    /** Helm's own limit. */
    public static final int MAXIMUM_LENGTH = 53;

    public Release {
        Arguments.requireName(name);
        if (name.length() > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException("a release name has at most " + MAXIMUM_LENGTH + " characters");
        }
    }

    /** Arguments that name the namespace and the context. */
    static List<String> place(ClusterNamespace namespace) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--namespace=" + namespace.name());
        namespace.context().ifPresent(context -> arguments.add("--kube-context=" + context));
        return arguments;
    }

    /** An argument list: a subcommand, this release, and what else follows. */
    List<String> arguments(List<String> subcommand, List<String> more) {
        List<String> arguments = new ArrayList<>(subcommand);
        arguments.add(name);
        arguments.addAll(more);
        arguments.addAll(place(namespace));
        return List.copyOf(arguments);
    }
}
