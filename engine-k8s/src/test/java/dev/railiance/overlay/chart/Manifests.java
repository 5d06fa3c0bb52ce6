package dev.railiance.overlay.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The objects that Helm rendered, in an order that depends on neither Helm's version nor its files. */
record Manifests(List<JsonNode> objects) {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES, YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    /** What a router decides about; all else is the same whatever the router. */
    private static final Set<String> ENTRIES =
            Set.of("Service", "Ingress", "IngressRoute", "TraefikService", "HTTPRoute");

    static Manifests parse(String text) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            while (documents.hasNext()) {
                JsonNode document = documents.next();
                if (document.isObject()) {
                    found.add(document);
                }
            }
        }
        found.sort(Comparator.comparing(Manifests::name));
        return new Manifests(found);
    }

    /** Kind and name, as kubectl shows them. */
    static String name(JsonNode object) {
        return object.path("kind").asText() + "/" + object.at("/metadata/name").asText();
    }

    List<String> names() {
        return objects.stream().map(Manifests::name).toList();
    }

    JsonNode only(String kind) {
        List<JsonNode> found = objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + kind + " in " + names());
        }
        return found.getFirst();
    }

    JsonNode named(String kind, String name) {
        return objects.stream()
                .filter(object -> name(object).equals(kind + "/" + name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + "/" + name + " not in " + names()));
    }

    Manifests entries() {
        return only(object -> ENTRIES.contains(object.path("kind").asText()));
    }

    Manifests withoutEntries() {
        return only(object -> !ENTRIES.contains(object.path("kind").asText()));
    }

    private Manifests only(Predicate<JsonNode> wanted) {
        return new Manifests(objects.stream().filter(wanted).toList());
    }

    String text() throws IOException {
        var text = new StringBuilder();
        for (JsonNode object : objects) {
            text.append(YAML.writeValueAsString(object));
        }
        return text.toString();
    }
}
