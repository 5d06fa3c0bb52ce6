package dev.railiance.helm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Json;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * {@code helm get metadata}: what Helm keeps about a revision beside its content. The labels given with the upgrade are among
 * it, unlike the description also after a failure.
 *
 * @param revision the newest when empty
 */
public record HelmMetadata(Release release, OptionalInt revision) implements HelmOperation<HelmMetadata.Metadata> {

    /**
     * About one revision.
     *
     * @param labels given with it, without Helm's own; a Helm older than 3.18 may tell none
     */
    public record Metadata(
            int revision, ReleaseStatus status, String chart, String chartVersion, SortedMap<String, String> labels) {

        static Metadata of(JsonNode node) {
            return new Metadata(
                    Json.number(node, "revision"),
                    ReleaseStatus.of(Json.text(node, "status")),
                    Json.text(node, "chart"),
                    Json.text(node, "version"),
                    Json.texts(node.path("labels")));
        }
    }

    @Override
    public String name() {
        return "helm get metadata";
    }

    @Override
    public List<String> arguments() {
        return release.arguments(List.of("get", "metadata"), HelmManifest.revisionArguments(revision, "--output=json"));
    }

    @Override
    public Duration timeLimit() {
        return HelmStatus.LIMIT;
    }

    @Override
    public Answer<Metadata> read(Captured stdout) {
        return Json.read(this, stdout, Metadata::of);
    }
}
