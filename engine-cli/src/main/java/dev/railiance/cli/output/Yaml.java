package dev.railiance.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** JSON documents as YAML. */
final class Yaml {

    private Yaml() {}

    static String of(String json) {
        try {
            var reader = JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();
            // Texts keep their quotes, so that no reader takes a digest for a number or "no" for a truth value.
            return YAMLMapper.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .build()
                    .writeValueAsString(reader.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document is not JSON", e);
        }
    }
}
