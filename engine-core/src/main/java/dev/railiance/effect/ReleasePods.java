package dev.railiance.effect;

import java.util.List;
import java.util.Optional;

/**
 * The pods of a release as they are.
 *
 * @param desired how many there should be
 * @param updated how many are of the newest form
 * @param ready how many are ready
 * @param stuck why the cluster has given the rollout up, where it has
 * @param pods those that are not about to end, by name
 */
public record ReleasePods(int desired, int updated, int ready, Optional<String> stuck, List<Pod> pods) {

    /** Of a release that is not there. */
    public static final ReleasePods NONE = new ReleasePods(0, 0, 0, Optional.empty(), List.of());

    public ReleasePods {
        pods = List.copyOf(pods);
    }

    /**
     * One pod.
     *
     * @param reason why it is not ready or was started again last, in Kubernetes' own word
     * @param hopeless whether it will not become ready by itself
     */
    public record Pod(String name, boolean ready, int restarts, Optional<String> reason, boolean hopeless) {}
}
