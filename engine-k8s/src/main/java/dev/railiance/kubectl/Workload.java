package dev.railiance.kubectl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.tool.Json;
import java.util.List;
import java.util.Optional;

/**
 * How far the rollout of a workload is.
 *
 * @param generation of what is wanted
 * @param observedGeneration up to which the controller has seen it: numbers of a smaller one tell of the past
 * @param replicas how many pods there should be
 * @param updated how many are of the newest form
 * @param ready how many are ready
 * @param available how many have been ready for long enough
 * @param present how many there are, old ones included
 */
public record Workload(
        String kind,
        String name,
        int generation,
        int observedGeneration,
        int replicas,
        int updated,
        int ready,
        int available,
        int present,
        List<Condition> conditions) {

    /**
     * A condition as the controller has it.
     *
     * @param status True, False or Unknown
     * @param reason one word, for instance {@code ProgressDeadlineExceeded}
     */
    public record Condition(String type, String status, Optional<String> reason) {
        static Condition of(JsonNode node) {
            return new Condition(Json.text(node, "type"), Json.text(node, "status"), Json.textAt(node, "reason"));
        }
    }

    /** Whether all pods are of the newest form and available, and no old one is left. */
    public boolean isRolledOut() {
        return observedGeneration >= generation && updated >= replicas && available >= replicas && present <= updated;
    }

    /** Whether the deployment's own deadline has passed without progress. */
    public boolean isStuck() {
        return observedGeneration >= generation
                && conditions.stream()
                        .anyMatch(condition -> condition.type().equals("Progressing")
                                && condition.status().equals("False"));
    }

    static Workload of(JsonNode object) {
        JsonNode status = object.path("status");
        String kind = Json.text(object, "kind");
        JsonNode metadata = object.path("metadata");
        List<Condition> conditions = Json.each(status.path("conditions"), Condition::of);
        if (kind.equals("DaemonSet")) {
            int updated = Json.number(status, "updatedNumberScheduled", 0);
            return new Workload(
                    kind,
                    Json.text(metadata, "name"),
                    Json.number(metadata, "generation"),
                    Json.number(status, "observedGeneration", 0),
                    Json.number(status, "desiredNumberScheduled", 0),
                    updated,
                    Json.number(status, "numberReady", 0),
                    Json.number(status, "numberAvailable", 0),
                    Json.number(status, "currentNumberScheduled", 0),
                    conditions);
        }
        int ready = Json.number(status, "readyReplicas", 0);
        return new Workload(
                kind,
                Json.text(metadata, "name"),
                Json.number(metadata, "generation"),
                Json.number(status, "observedGeneration", 0),
                Json.number(object.path("spec"), "replicas", 1),
                Json.number(status, "updatedReplicas", 0),
                ready,
                // Stateful sets of an older Kubernetes do not tell it.
                kind.equals("StatefulSet")
                        ? Json.number(status, "availableReplicas", ready)
                        : Json.number(status, "availableReplicas", 0),
                Json.number(status, "replicas", 0),
                conditions);
    }
}
