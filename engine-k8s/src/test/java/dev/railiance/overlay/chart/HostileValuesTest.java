package dev.railiance.overlay.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HostileValuesTest {

    private static final Path CHART = Call.TEMPLATE.resolve("chart");

    /** Free text: taken, and standing where it belongs, whatever it is. */
    @Property(tries = 100)
    void freeTextStandsExactlyWhereItBelongs(@ForAll("hostile") String env, @ForAll("hostile") String note)
            throws Exception {
        var call = render(Map.of(
                "env", Map.of("A", env), "annotations", Map.of("example.org/a", note), "args", new String[] {env}));
        assertEquals(0, call.exitCode(), call.output());
        JsonNode deployment = deployment(call.output());
        assertEquals(note, deployment.at("/metadata/annotations/example.org~1a").textValue());
        JsonNode container = deployment.at("/spec/template/spec/containers/0");
        assertEquals(env, container.at("/env/0/value").textValue());
        assertEquals(env, container.at("/args/0").textValue());
    }

    /** Text with a form: refused by the schema, or standing where it belongs. */
    @Property(tries = 200)
    void textWithAFormIsRefusedOrStandsWhereItBelongs(@ForAll("hostile") String text, @ForAll("places") String place)
            throws Exception {
        Map<String, Object> values = switch (place) {
            case "label" -> Map.of("labels", Map.of("a", text));
            case "labelKey" -> Map.of("labels", Map.of(text, "a"));
            case "annotationKey" -> Map.of("annotations", Map.of(text, "a"));
            case "host" -> Map.of("routing", Map.of("host", text));
            case "name" -> Map.of("name", text);
            case "tag" -> Map.of("image", Map.of("tag", text));
            case "weight" -> Map.of("railiance", Map.of("weight", text));
            default -> Map.of("image", Map.of("repository", text));
        };
        var call = render(values);
        if (call.exitCode() != 0) {
            assertTrue(call.output().contains("schema") || call.output().contains("image.tag"), call.output());
            return;
        }
        JsonNode deployment = deployment(call.output());
        switch (place) {
            case "label" ->
                assertEquals(text, deployment.at("/metadata/labels").path("a").textValue());
            case "labelKey" ->
                assertEquals("a", deployment.at("/metadata/labels").path(text).textValue());
            case "annotationKey" ->
                assertEquals(
                        "a", deployment.at("/metadata/annotations").path(text).textValue());
            case "name" ->
                assertEquals(
                        text.isEmpty() ? "sample-app" : text,
                        deployment.at("/metadata/name").textValue());
            case "host" -> assertEquals(!text.isEmpty(), call.output().contains("kind: Ingress"));
            case "tag", "repository" ->
                assertTrue(deployment
                        .at("/spec/template/spec/containers/0/image")
                        .textValue()
                        .contains(text));
            default -> throw new AssertionError("a weight that is text was taken: " + text);
        }
    }

    @Provide
    Arbitrary<String> places() {
        return Arbitraries.of("label", "labelKey", "annotationKey", "host", "name", "tag", "weight", "repository");
    }

    @Provide
    Arbitrary<String> hostile() {
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
                "\u007f",
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

    private static Call render(Map<String, Object> values) throws Exception {
        Path scratch = Files.createTempDirectory("values");
        var helms = Call.helms(scratch);
        assumeFalse(helms.isEmpty(), "no real Helm runs on this machine");
        Path file = scratch.resolve("values.json");
        JsonMapper.builder().build().writeValue(file.toFile(), values);
        String image = "image:\n  repository: example.org/a\n  tag: v1\n";
        Path base = Files.writeString(scratch.resolve("base.yaml"), image);
        return Call.of(java.util.List.of(
                helms.getFirst().toString(),
                "template",
                "a",
                CHART.toString(),
                "-f",
                base.toString(),
                "-f",
                file.toString()));
    }

    private static JsonNode deployment(String output) throws Exception {
        JsonNode found = null;
        try (var documents =
                YAMLMapper.builder().build().readerFor(JsonNode.class).<JsonNode>readValues(output)) {
            while (documents.hasNext()) {
                JsonNode document = documents.next();
                assertTrue(!document.path("kind").asText().equals("Secret"), "a document came in by a value");
                if (document.path("kind").asText().equals("Deployment")) {
                    found = document;
                }
            }
        }
        if (found == null) {
            throw new AssertionError("no Deployment in " + output);
        }
        return found;
    }
}
