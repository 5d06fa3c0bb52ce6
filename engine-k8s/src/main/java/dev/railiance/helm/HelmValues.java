package dev.railiance.helm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Json;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * {@code helm get values}: the values given with a revision, without the chart's defaults. They may hold secrets: pick out
 * of them what is needed and keep nothing else.
 *
 * @param revision the newest when empty
 */
public record HelmValues(Release release, OptionalInt revision) implements HelmOperation<HelmValues.Given> {

    /** Values given; the text form shows none. An empty object where none were given. */
    public record Given(JsonNode values) {
        @Override
        public String toString() {
            return "Given[" + values.size() + " values]";
        }
    }

    @Override
    public String name() {
        return "helm get values";
    }

    @Override
    public List<String> arguments() {
        return release.arguments(List.of("get", "values"), HelmManifest.revisionArguments(revision, "--output=json"));
    }

    @Override
    public Duration timeLimit() {
        return HelmStatus.LIMIT;
    }

    @Override
    public Answer<Given> read(Captured stdout) {
        return Json.read(this, stdout, values -> new Given(Json.objectOrNull(values)));
    }
}
