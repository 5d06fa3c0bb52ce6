package dev.railiance.overlay.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a user sets is refused by the schema, or stands where it belongs and nowhere else. */
class HostileValuesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A value, and where it must be found in which kind of object; {@code $} stands for the text where it is a key. */
    record Place(String value, String kind, String found) {}

    private static final List<Place> FREE = List.of(
            new Place("/env/A", "Deployment", "/spec/template/spec/containers/0/env/0/value"),
            new Place("/args/0", "Deployment", "/spec/template/spec/containers/0/args/0"),
            new Place("/annotations/mine", "Ingress", "/metadata/annotations/mine"),
            new Place("/podAnnotations/b", "Deployment", "/spec/template/metadata/annotations/b"),
            new Place("/routing/annotations/c", "Ingress", "/metadata/annotations/c"));

    private static final List<Place> FORMED = List.of(
            new Place("/labels/l", "Deployment", "/metadata/labels/l"),
            new Place("/labels/$", "PodDisruptionBudget", "/metadata/labels/$"),
            new Place("/annotations/$", "ServiceAccount", "/metadata/annotations/$"),
            new Place("/routing/host", "Ingress", "/spec/rules/0/host"),
            new Place("/routing/path", "Ingress", "/spec/rules/0/http/paths/0/path"),
            new Place("/routing/ingressClass", "Ingress", "/spec/ingressClassName"),
            new Place("/routing/tlsSecret", "Ingress", "/spec/tls/0/secretName"),
            new Place("/name", "Deployment", "/metadata/name"),
            new Place(
                    "/probes/liveness/path",
                    "Deployment",
                    "/spec/template/spec/containers/0/livenessProbe/httpGet/path"),
            new Place("/writablePaths/0", "Deployment", "/spec/template/spec/containers/0/volumeMounts/0/mountPath"),
            new Place("/image/pullSecrets/0", "Deployment", "/spec/template/spec/imagePullSecrets/0/name"));

    private static final List<Place> WRAPPED = List.of(
            new Place("/tracks/stable/selector/s", "PodDisruptionBudget", "/spec/selector/matchLabels/s"),
            new Place("/tracks/stable/selector/$", "PodDisruptionBudget", "/spec/selector/matchLabels/$"),
            new Place("/tracks/stable/selector/t", "Service", "/spec/selector/t"),
            new Place("/shared/targetPort", "Service", "/spec/ports/0/targetPort"),
            new Place("/labels/l", "Ingress", "/metadata/labels/l"),
            new Place("/routing/host", "Ingress", "/spec/rules/0/host"),
            new Place("/annotations/mine", "Ingress", "/metadata/annotations/mine"));

    private static final List<Place> ROUTED = List.of(
            new Place("/shared/selector/s", "Service", "/spec/selector/s"),
            new Place("/shared/selector/$", "Service", "/spec/selector/$"),
            new Place("/routing/host", "Ingress", "/spec/rules/0/host"),
            new Place("/annotations/mine", "Service", "/metadata/annotations/mine"));

    private static Path scratch = Path.of("");
    private static Path wrapped = Path.of("");
    private static List<Path> helms = List.of();

    @BeforeContainer
    static void charts() throws IOException {
        scratch = Files.createTempDirectory("hostile");
        helms = Call.helms(scratch);
        wrapped = Charts.wrapped(scratch, "https://charts.example.org/sample");
        Charts.copy(
                Charts.UPSTREAM,
                Files.createDirectories(wrapped.resolve("charts")).resolve("sample-upstream"));
    }

    @AfterContainer
    static void removed() throws IOException {
        try (var files = Files.walk(scratch)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void freeTextIsTakenWhateverItIs(@ForAll("free") Map<Place, String> texts) throws Exception {
        var call = render(Charts.PLAIN, "none", "stable", texts);
        stands(call.accepted(), texts, "none", "stable");
    }

    @Property(tries = 160, shrinking = ShrinkingMode.OFF)
    void textWithAFormIsRefusedOrStandsWhereItBelongs(
            @ForAll("formed") Map<Place, String> texts, @ForAll("free") Map<Place, String> free) throws Exception {
        var all = new LinkedHashMap<>(free);
        all.putAll(texts);
        refusedOrStands(Charts.PLAIN, "none", "stable", all);
    }

    @Property(tries = 70, shrinking = ShrinkingMode.OFF)
    void whatAWrappedTrackSelectsIsRefusedOrStands(@ForAll("wrapped") Map<Place, String> texts) throws Exception {
        refusedOrStands(wrapped, "none", "stable", texts);
    }

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void whatTheSharedServiceSelectsIsRefusedOrStands(@ForAll("routed") Map<Place, String> texts) throws Exception {
        refusedOrStands(wrapped, "replicas", "routing", texts);
    }

    private static void refusedOrStands(Path chart, String router, String track, Map<Place, String> texts)
            throws Exception {
        var call = render(chart, router, track, texts);
        if (call.exitCode() == 0) {
            stands(call, texts, router, track);
        } else {
            assertTrue(call.errors().contains("schema"), call.errors());
        }
    }

    /** Each text at its place, no object and no label more than without them. */
    private static void stands(Call call, Map<Place, String> texts, String router, String track) throws Exception {
        var manifests = Manifests.parse(call.output());
        for (JsonNode object : manifests.objects()) {
            String kind = object.path("kind").asText();
            assertTrue(KINDS.contains(kind), () -> "a document came in: " + kind);
            if (object.at("/metadata/labels").has("railiance.dev/track")) {
                assertEquals(
                        track,
                        object.at("/metadata/labels/railiance.dev~1track").textValue());
                var labels = new TreeSet<String>();
                object.at("/metadata/labels").fieldNames().forEachRemaining(labels::add);
                texts.forEach((place, text) -> {
                    if (place.value().startsWith("/labels/")) {
                        labels.remove(place.value().substring(8).replace("$", text));
                    }
                });
                assertEquals(OWN_LABELS, labels);
            }
        }
        assertEquals(manifests.names().size(), new TreeSet<>(manifests.names()).size(), "an object is there twice");
        for (var entry : texts.entrySet()) {
            Place place = entry.getKey();
            boolean entryLeftOut = place.kind().equals("Ingress") && hostIsEmpty(texts);
            boolean optional = entry.getValue().isEmpty() && !FREE.contains(place);
            if (!entryLeftOut && !optional) {
                String key = place.found()
                        .replace("$", entry.getValue().replace("~", "~0").replace("/", "~1"));
                assertEquals(
                        place.value().endsWith("$") ? "v" : entry.getValue(),
                        ours(manifests).only(place.kind()).at(key).textValue(),
                        () -> place + " in " + router);
            }
        }
    }

    /** Without what an upstream chart makes. */
    private static Manifests ours(Manifests all) {
        return new Manifests(all.objects().stream()
                .filter(object -> object.at("/metadata/labels").has("railiance.dev/track"))
                .toList());
    }

    private static final Set<String> KINDS =
            Set.of("Deployment", "StatefulSet", "ServiceAccount", "PodDisruptionBudget", "Service", "Ingress", "Pod");

    private static final TreeSet<String> OWN_LABELS = new TreeSet<>(List.of(
            "app.kubernetes.io/name",
            "app.kubernetes.io/instance",
            "app.kubernetes.io/managed-by",
            "railiance.dev/track",
            "railiance.dev/promotion",
            "railiance.dev/attempt"));

    private static boolean hostIsEmpty(Map<Place, String> texts) {
        return texts.entrySet().stream()
                .anyMatch(entry -> entry.getKey().value().equals("/routing/host")
                        && entry.getValue().isEmpty());
    }

    @Provide
    Arbitrary<Map<Place, String>> free() {
        return texts(FREE, hostile(), 3);
    }

    @Provide
    Arbitrary<Map<Place, String>> formed() {
        return texts(FORMED, mixed(), 3);
    }

    @Provide
    Arbitrary<Map<Place, String>> wrapped() {
        return texts(WRAPPED, mixed(), 3);
    }

    @Provide
    Arbitrary<Map<Place, String>> routed() {
        return texts(ROUTED, mixed(), 2);
    }

    private static Arbitrary<Map<Place, String>> texts(List<Place> places, Arbitrary<String> text, int most) {
        return Arbitraries.maps(Arbitraries.of(places), text).ofMinSize(2).ofMaxSize(most);
    }

    private static Arbitrary<String> mixed() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of("a", "b-1", "x9", "/a", "/a-b/c", "shop.example.org", "true", "null")),
                Tuple.of(1, hostile()));
    }

    private static Arbitrary<String> hostile() {
        Arbitrary<String> parts = Arbitraries.of(
                "a",
                "Z9",
                "-",
                ".",
                "/",
                "\"",
                "'",
                "\n",
                "\r",
                "\t",
                ": ",
                "#",
                "{",
                "}",
                "{{ .Values }}",
                "{{",
                "---",
                "\u2028",
                "\u0085",
                "\ufeff",
                "\u0001",
                "é",
                "😀",
                "\\",
                "null",
                "true",
                "0x1",
                "1e3",
                "~",
                "railiance.dev/track",
                "$(A)",
                "%",
                "&",
                "*",
                "|",
                "`",
                "@",
                "\n---\nkind: Secret\n");
        return parts.list().ofMinSize(0).ofMaxSize(5).map(list -> String.join("", list));
    }

    private static Call render(Path chart, String router, String track, Map<Place, String> texts) throws Exception {
        Assume.that(!helms.isEmpty());
        ObjectNode values = JSON.createObjectNode();
        if (chart.equals(Charts.PLAIN)) {
            values.putObject("image")
                    .put("repository", "registry.example.org/a")
                    .put("tag", "v1");
        } else {
            values.putObject("tracks").putObject("stable").putObject("selector").put("app", "a");
            values.putObject("shared").putObject("selector").put("app", "a");
        }
        values.putObject("routing").put("host", "a.example.org");
        texts.forEach((place, text) -> put(values, place.value(), text));
        Path file = Files.createTempFile(scratch, "values", ".json");
        Files.writeString(file, escaped(JSON.writeValueAsString(values)));
        var call = new Release(chart, "sample-app", List.of(file), router, track, 25).template(helms.getFirst());
        Files.delete(file);
        return call;
    }

    /** YAML breaks a line at the first two and drops the third where they stand as they are. */
    private static String escaped(String json) {
        return json.replace("\u0085", "\\u0085").replace("\u2028", "\\u2028").replace("\ufeff", "\\ufeff");
    }

    /** Makes tables on the way; a last part of 0 makes a list. */
    private static void put(ObjectNode values, String pointer, String text) {
        String[] parts = pointer.substring(1).split("/", -1);
        ObjectNode at = values;
        int last = parts.length - 1;
        boolean list = parts[last].equals("0");
        for (String part : List.of(parts).subList(0, list ? last - 1 : last)) {
            at = at.path(part) instanceof ObjectNode there ? there : at.putObject(part);
        }
        if (list) {
            at.putArray(parts[last - 1]).add(text);
        } else if (parts[last].equals("$")) {
            at.put(text, "v");
        } else {
            at.put(parts[last], text);
        }
    }
}
