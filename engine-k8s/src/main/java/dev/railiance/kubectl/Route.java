package dev.railiance.kubectl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.tool.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * Something that leads traffic to backends, of whatever kind.
 *
 * @param matches hosts, or rules where the kind has rules in place of hosts
 * @param backends in their order, over all of its rules
 */
public record Route(
        String kind,
        String name,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        List<String> matches,
        List<Backend> backends) {

    /**
     * Where traffic goes.
     *
     * @param kind Service, unless it says otherwise
     * @param port number or name; empty where it needs none
     * @param weight share of the traffic, in proportion to the weights beside it; 1 where none is given
     */
    public record Backend(String kind, String name, Optional<String> port, int weight) {

        static Backend of(JsonNode node) {
            return new Backend(
                    Json.textAt(node, "kind").orElse("Service"),
                    Json.text(node, "name"),
                    port(node.path("port")),
                    Json.number(node, "weight", 1));
        }

        static Backend ofIngress(JsonNode node) {
            JsonNode service = node.path("service");
            if (service.isMissingNode()) {
                JsonNode resource = node.path("resource");
                return new Backend(Json.text(resource, "kind"), Json.text(resource, "name"), Optional.empty(), 1);
            }
            JsonNode port = service.path("port");
            return new Backend(
                    "Service",
                    Json.text(service, "name"),
                    port(port.has("number") ? port.path("number") : port.path("name")),
                    1);
        }

        private static Optional<String> port(JsonNode port) {
            return port.isValueNode() && !port.isNull() ? Optional.of(port.asText()) : Optional.empty();
        }
    }

    static Route ofTraefikService(JsonNode object) {
        return of(
                object,
                List.of(),
                Json.each(object.path("spec").path("weighted").path("services"), Backend::of));
    }

    static Route ofIngressRoute(JsonNode object) {
        JsonNode routes = object.path("spec").path("routes");
        return of(
                object,
                Json.each(routes, route -> Json.text(route, "match")),
                flat(routes, route -> Json.each(route.path("services"), Backend::of)));
    }

    static Route ofHttpRoute(JsonNode object) {
        JsonNode spec = object.path("spec");
        return of(
                object,
                Json.each(spec.path("hostnames"), JsonNode::asText),
                flat(spec.path("rules"), rule -> Json.each(rule.path("backendRefs"), Backend::of)));
    }

    static Route ofIngress(JsonNode object) {
        JsonNode spec = object.path("spec");
        List<Backend> backends = new ArrayList<>();
        if (spec.has("defaultBackend")) {
            backends.add(Backend.ofIngress(spec.path("defaultBackend")));
        }
        backends.addAll(flat(
                spec.path("rules"),
                rule -> Json.each(rule.path("http").path("paths"), path -> Backend.ofIngress(path.path("backend")))));
        return of(
                object,
                flat(
                        spec.path("rules"),
                        rule -> Json.textAt(rule, "host").stream().toList()),
                backends);
    }

    private static Route of(JsonNode object, List<String> matches, List<Backend> backends) {
        JsonNode metadata = object.path("metadata");
        return new Route(
                Json.text(object, "kind"),
                Json.text(metadata, "name"),
                Json.texts(metadata.path("labels")),
                Json.texts(metadata.path("annotations")),
                matches,
                List.copyOf(backends));
    }

    private static <T> List<T> flat(JsonNode list, Function<JsonNode, List<T>> reading) {
        return Json.each(list, reading).stream().flatMap(List::stream).toList();
    }
}
