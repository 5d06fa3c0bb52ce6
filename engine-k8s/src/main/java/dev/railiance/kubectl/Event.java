package dev.railiance.kubectl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.tool.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that Kubernetes says happened. Its message is left out: it may quote what a container answered.
 *
 * @param type Normal or Warning
 * @param reason one word, for instance {@code Unhealthy} or {@code FailedScheduling}
 * @param kind of the object that it happened to
 * @param name of the same
 * @param uid of the same, which tells it from an earlier one of that name
 * @param count how often
 * @param last when last
 */
public record Event(
        String type, String reason, String kind, String name, Optional<String> uid, int count, Optional<Instant> last) {

    /** Whether it tells of something wrong. */
    public boolean isWarning() {
        return type.equals("Warning");
    }

    static Event of(JsonNode object) {
        JsonNode involved = object.path("involvedObject");
        return new Event(
                Json.textAt(object, "type").orElse("Normal"),
                Json.textAt(object, "reason").orElse("Unknown"),
                Json.textAt(involved, "kind").orElse("Unknown"),
                Json.textAt(involved, "name").orElse("unknown"),
                Json.textAt(involved, "uid"),
                Math.max(Json.number(object, "count", 1), Json.number(object.path("series"), "count", 1)),
                Stream.of(
                                Json.time(object.path("series"), "lastObservedTime"),
                                Json.time(object, "lastTimestamp"),
                                Json.time(object, "eventTime"),
                                Json.time(object.path("metadata"), "creationTimestamp"))
                        .flatMap(Optional::stream)
                        .findFirst());
    }
}
