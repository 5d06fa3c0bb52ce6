package dev.railiance.effect;

/**
 * One look at the workloads of a release.
 *
 * @param summary for people: how many pods are ready, or which pod is not and why
 */
public record RolloutLook(State state, String summary) {

    /** How far it is. */
    public enum State {
        UNDER_WAY,
        READY,
        /** Nothing of it would ever run: it has no workload, or no pod is wanted of those it has. */
        IDLE,
        /** It will not become ready by itself. */
        STUCK
    }
}
