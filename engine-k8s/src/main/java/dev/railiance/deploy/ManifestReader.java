package dev.railiance.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.railiance.effect.ClusterObject;
import dev.railiance.helm.Manifests;
import dev.railiance.promotion.Digest;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Answer.Cause;
import dev.railiance.tool.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Manifests as objects. Of their content a digest goes on and what may be shown, so no secret does. */
final class ManifestReader {

    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private static final String LIST = "List";

    /** Says who made an object, which is another one with each attempt. */
    private static final List<String> MADE_BY = List.of("railiance.dev/promotion", "railiance.dev/attempt");

    private ManifestReader() {}

    /** A workload and the labels of its pods. */
    record Workload(String kind, String name, Map<String, String> selector) {

        /** Whether a pod with these labels is one of its pods. */
        boolean has(Map<String, String> labels) {
            return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
        }
    }

    static Answer<List<ClusterObject>> objects(Manifests manifests) {
        return read(manifests)
                .then(objects ->
                        Answer.done(objects.stream().map(ManifestReader::object).toList()));
    }

    static Answer<List<Workload>> workloads(Manifests manifests) {
        return read(manifests)
                .then(objects -> Answer.done(objects.stream()
                        .filter(object ->
                                ClusterObject.isWorkload(object.path("kind").asText()))
                        .map(object -> new Workload(
                                object.path("kind").asText(),
                                object.path("metadata").path("name").asText(),
                                Json.texts(object.path("spec").path("selector").path("matchLabels"))))
                        .toList()));
    }

    private static Answer<List<ObjectNode>> read(Manifests manifests) {
        List<ObjectNode> objects = new ArrayList<>();
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(manifests.yaml())) {
            while (documents.hasNextValue()) {
                if (documents.nextValue() instanceof ObjectNode object && object.has("kind") && !isHook(object)) {
                    unfold(object, objects);
                }
            }
            return Answer.done(objects);
        } catch (IOException | RuntimeException e) {
            // The exception quotes the manifest.
            return Answer.notDone(Cause.CHART_INVALID, "the chart rendered something that is no YAML");
        }
    }

    /** Of a list its items, as the API server has them: what they do not say of their kind the list does. */
    private static void unfold(ObjectNode object, List<ObjectNode> objects) {
        String kind = object.path("kind").asText();
        if (!kind.endsWith(LIST) || !(object.path("items") instanceof ArrayNode items)) {
            objects.add(object);
            return;
        }
        for (JsonNode each : items) {
            if (each instanceof ObjectNode item) {
                if (!item.has("kind")) {
                    item.put("kind", kind.substring(0, kind.length() - LIST.length()));
                    item.set("apiVersion", object.path("apiVersion"));
                }
                unfold(item, objects);
            }
        }
    }

    /** Helm runs hooks beside a release; they are not part of what it leaves. */
    private static boolean isHook(ObjectNode object) {
        return object.path("metadata").path("annotations").has("helm.sh/hook");
    }

    private static ClusterObject object(ObjectNode object) {
        ObjectNode plain = object.deepCopy();
        forget(plain.path("metadata"));
        forget(plain.path("spec").path("template").path("metadata"));
        return new ClusterObject(
                plain.path("kind").asText(),
                plain.path("metadata").path("name").asText(),
                Digest.of(sorted(plain).getBytes(StandardCharsets.UTF_8)),
                ManifestFields.of(plain));
    }

    private static void forget(JsonNode metadata) {
        if (metadata.path("labels") instanceof ObjectNode labels) {
            labels.remove(MADE_BY);
        }
    }

    private static String sorted(JsonNode node) {
        if (node.isObject()) {
            var members = new TreeMap<String, String>();
            node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            return members.toString();
        }
        if (node.isArray()) {
            List<String> members = new ArrayList<>();
            node.forEach(member -> members.add(sorted(member)));
            return members.toString();
        }
        return node.toString();
    }
}
