package dev.railiance.helm;

import dev.railiance.tool.Arguments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a chart is told of the cluster it is rendered for, where Helm does not ask the cluster itself.
 *
 * @param kubernetes the server's version; Helm's own idea of one when empty
 * @param apis for instance {@code policy/v1} or {@code monitoring.coreos.com/v1/ServiceMonitor}; beside those Helm believes in
 */
public record Capabilities(Optional<String> kubernetes, SortedSet<String> apis) {

    /** Of a cluster that nothing is known of. */
    public static final Capabilities UNKNOWN = new Capabilities(Optional.empty(), new TreeSet<>());

    public Capabilities {
        kubernetes.ifPresent(Arguments::requireNoOption);
        apis.forEach(Arguments::requireNoOption);
        apis = Collections.unmodifiableSortedSet(new TreeSet<>(apis));
    }

    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        kubernetes.ifPresent(version -> arguments.add("--kube-version=" + version));
        apis.forEach(api -> arguments.add("--api-versions=" + api));
        return arguments;
    }
}
