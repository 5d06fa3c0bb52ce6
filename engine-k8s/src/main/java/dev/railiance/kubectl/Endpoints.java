package dev.railiance.kubectl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.tool.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Who answers for a service.
 *
 * @param ready names of the pods that get traffic
 * @param notReady names of the pods that would
 */
public record Endpoints(String service, List<String> ready, List<String> notReady) {

    static Endpoints of(JsonNode object) {
        List<String> ready = new ArrayList<>();
        List<String> notReady = new ArrayList<>();
        for (JsonNode subset : object.path("subsets")) {
            ready.addAll(Json.each(subset.path("addresses"), Endpoints::name));
            notReady.addAll(Json.each(subset.path("notReadyAddresses"), Endpoints::name));
        }
        return new Endpoints(
                Json.text(object.path("metadata"), "name"),
                ready.stream().distinct().sorted().toList(),
                notReady.stream().distinct().sorted().toList());
    }

    /** An address that no pod stands behind goes by its number. */
    private static String name(JsonNode address) {
        return Json.textAt(address.path("targetRef"), "name").orElseGet(() -> Json.text(address, "ip"));
    }
}
