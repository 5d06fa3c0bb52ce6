package dev.railiance.effect;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was found.
 *
 * @param tools each with its version
 * @param context the kubeconfig's, where there is one
 * @param prerequisites every one that was asked for
 */
public record ClusterExamination(
        Map<String, String> tools, Optional<String> context, List<Prerequisite> prerequisites) {

    public ClusterExamination {
        tools = Map.copyOf(tools);
        prerequisites = List.copyOf(prerequisites);
    }

    /** Whether the cluster answered and may be asked more. */
    public boolean answers() {
        return prerequisites.stream()
                .filter(one ->
                        one.name().equals(Prerequisite.CLUSTER) || one.name().equals(Prerequisite.CONTEXT))
                .allMatch(Prerequisite::met);
    }
}
