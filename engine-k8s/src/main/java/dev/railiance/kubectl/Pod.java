package dev.railiance.kubectl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.tool.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * A pod.
 *
 * @param phase Pending, Running, Succeeded, Failed or Unknown
 * @param ready whether it gets traffic
 * @param terminating whether it has been told to end: it may still answer
 * @param unscheduled why no node takes it, in one word, for instance {@code Unschedulable}
 * @param containers init containers first
 */
public record Pod(
        String name,
        String uid,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        String phase,
        boolean ready,
        boolean terminating,
        Optional<Instant> created,
        Optional<String> node,
        Optional<String> ip,
        Optional<String> unscheduled,
        List<Container> containers) {

    /**
     * A container of it.
     *
     * @param image as asked for
     * @param imageId as it runs, with its digest where the node knows one
     * @param waiting why it does not run, for instance {@code ImagePullBackOff}
     * @param terminated why it does not run any more, for instance {@code OOMKilled}
     * @param lastTerminated why it was started again
     * @param lastExitCode with which it ended then
     */
    public record Container(
            String name,
            String image,
            Optional<String> imageId,
            boolean ready,
            int restarts,
            Optional<String> waiting,
            Optional<String> terminated,
            Optional<String> lastTerminated,
            OptionalInt lastExitCode) {

        static Container of(JsonNode node) {
            JsonNode state = node.path("state");
            JsonNode last = node.path("lastState").path("terminated");
            return new Container(
                    Json.text(node, "name"),
                    Json.text(node, "image"),
                    Json.textAt(node, "imageID"),
                    node.path("ready").asBoolean(),
                    Json.number(node, "restartCount", 0),
                    Json.textAt(state.path("waiting"), "reason"),
                    Json.textAt(state.path("terminated"), "reason"),
                    Json.textAt(last, "reason"),
                    last.path("exitCode").isInt()
                            ? OptionalInt.of(last.path("exitCode").intValue())
                            : OptionalInt.empty());
        }
    }

    /** How often its containers have been started again. */
    public int restarts() {
        return containers.stream().mapToInt(Container::restarts).sum();
    }

    static Pod of(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        JsonNode status = object.path("status");
        List<JsonNode> conditions = Json.each(status.path("conditions"), condition -> condition);
        List<Container> containers = new ArrayList<>();
        Stream.of("initContainerStatuses", "containerStatuses")
                .forEach(field -> containers.addAll(Json.each(status.path(field), Container::of)));
        return new Pod(
                Json.text(metadata, "name"),
                Json.text(metadata, "uid"),
                Json.texts(metadata.path("labels")),
                Json.texts(metadata.path("annotations")),
                Json.textAt(status, "phase").orElse("Unknown"),
                conditions.stream().anyMatch(condition -> is(condition, "Ready", "True")),
                Json.textAt(metadata, "deletionTimestamp").isPresent(),
                Json.time(metadata, "creationTimestamp"),
                Json.textAt(object.path("spec"), "nodeName"),
                Json.textAt(status, "podIP"),
                conditions.stream()
                        .filter(condition -> is(condition, "PodScheduled", "False"))
                        .flatMap(condition -> Json.textAt(condition, "reason").stream())
                        .findFirst(),
                List.copyOf(containers));
    }

    private static boolean is(JsonNode condition, String type, String status) {
        return condition.path("type").asText().equals(type)
                && condition.path("status").asText().equals(status);
    }
}
