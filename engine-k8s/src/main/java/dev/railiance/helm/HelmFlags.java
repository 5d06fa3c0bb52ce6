package dev.railiance.helm;

import dev.railiance.tool.Installation;
import java.util.List;

/** What sets Helm 3 and 4 apart on the command line; nothing else in this package asks which one it is. */
public record HelmFlags(HelmVersion version) {

    /** What a change of a release waits for. */
    public enum Waiting {
        /** For hooks only: whoever called watches the rollout. */
        NOTHING,
        /** Until everything is ready. */
        READY
    }

    /** What happens to a release whose change fails. */
    public enum OnFailure {
        /** It stays as it is, for whoever called to look at and to decide. */
        KEEP,
        /** Helm takes it back to the revision before, or uninstalls it when there is none. */
        ROLL_BACK
    }

    /** Who merges objects with what is there. Helm 3 always does it on its own side and is told nothing. */
    public enum Apply {
        /** As the revision before was applied; a first one by the server. */
        AS_BEFORE,
        CLIENT,
        SERVER,
        /** By the server, also over fields that others manage. */
        SERVER_FORCED
    }

    /** Whether it is new enough for deployments; rendering works with every Helm 3. */
    public boolean deploys() {
        return isFour() || (version.major() == 3 && version.minor() >= Installation.OLDEST_HELM_3_MINOR);
    }

    private boolean isFour() {
        return version.major() >= 4;
    }

    List<String> waiting(Waiting waiting) {
        if (isFour()) {
            return List.of(waiting == Waiting.READY ? "--wait=watcher" : "--wait=hookOnly");
        }
        return waiting == Waiting.READY ? List.of("--wait") : List.of();
    }

    /** Rolling back a failed rollout implies waiting for it. */
    List<String> change(Waiting waiting, OnFailure onFailure) {
        if (onFailure == OnFailure.KEEP) {
            return waiting(waiting);
        }
        return isFour() ? List.of("--rollback-on-failure", "--wait=watcher") : List.of("--atomic", "--wait");
    }

    List<String> apply(Apply apply) {
        if (!isFour()) {
            return List.of();
        }
        return switch (apply) {
            case AS_BEFORE -> List.of("--server-side=auto");
            case CLIENT -> List.of("--server-side=false");
            case SERVER -> List.of("--server-side=true");
            case SERVER_FORCED -> List.of("--server-side=true", "--force-conflicts");
        };
    }

    /** Helm 4 lists releases in every state unless told otherwise, and has no option for it. */
    List<String> everyStatus() {
        return isFour() ? List.of() : List.of("--all");
    }
}
