package dev.railiance.kubectl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.tool.Json;
import java.util.SortedMap;

/**
 * A service and the pods that it chooses.
 *
 * @param selector labels of those pods; empty for a service that chooses none itself
 */
public record ServiceSelector(String name, SortedMap<String, String> labels, SortedMap<String, String> selector) {

    static ServiceSelector of(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return new ServiceSelector(
                Json.text(metadata, "name"),
                Json.texts(metadata.path("labels")),
                Json.texts(object.path("spec").path("selector")));
    }
}
