package dev.railiance.overlay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.railiance.contract.schema.SchemaCatalog;
import dev.railiance.document.Json;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was generated: the base of the next three-way merge.
 *
 * @param schema of this document
 * @param template version of the template
 * @param arguments what the overlay was made from
 * @param files each as it was generated, by path
 */
public record OverlayRecord(String schema, int template, OverlayArguments arguments, Map<String, Generated> files) {

    /** Where it lies in an overlay. */
    public static final String PATH = "railiance/overlay.json";

    private static final String SCHEMA = "railiance.overlay.v1";

    /**
     * A file as it was generated.
     *
     * @param digest of its bytes
     * @param text its content
     */
    public record Generated(String digest, String text) {}

    static OverlayRecord of(OverlayArguments arguments, Map<String, String> files) {
        var generated = new TreeMap<String, Generated>();
        files.forEach((path, text) -> generated.put(path, new Generated(Digests.of(text), text)));
        return new OverlayRecord(SCHEMA, OverlayTemplate.VERSION, arguments, generated);
    }

    /** The record as it is written. */
    String text() {
        return Json.pretty(this);
    }

    /** The files of a record by path, if it is one, of this name and unharmed. */
    static Optional<Map<String, String>> files(String text, String name) {
        try {
            JsonNode record = JsonMapper.builder().build().readTree(text);
            boolean sound = new SchemaCatalog()
                            .schema(SCHEMA)
                            .orElseThrow()
                            .violations(record)
                            .isEmpty()
                    && record.at("/arguments/name").asText().equals(name);
            var files = new TreeMap<String, String>();
            if (sound) {
                for (var file : record.get("files").properties()) {
                    String content = file.getValue().get("text").asText();
                    sound &= Digests.of(content)
                            .equals(file.getValue().get("digest").asText());
                    files.put(file.getKey(), content);
                }
            }
            return sound ? Optional.of(files) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
