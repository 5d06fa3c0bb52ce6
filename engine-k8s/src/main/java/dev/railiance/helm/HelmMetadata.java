package dev.railiance.helm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Json;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code helm get metadata}: what Helm keeps about a revision beside its content.
 *
 * @param revision the newest when empty
 */
public record HelmMetadata(Release release, OptionalInt revision) implements HelmOperation<HelmMetadata.Metadata> {

    /** Labels by which Helm finds its own records. */
    private static final Set<String> OWN = Set.of("createdAt", "modifiedAt", "name", "owner", "status", "version");

    /**
     * About one revision.
     *
     * @param labels given with it, without Helm's own. Helm 3 tells none: there {@link HelmList} finds a release by them
     */
    public record Metadata(
            int revision, ReleaseStatus status, String chart, String chartVersion, SortedMap<String, String> labels) {

        static Metadata of(JsonNode node) {
            return new Metadata(
                    Json.number(node, "revision"),
                    ReleaseStatus.of(Json.text(node, "status")),
                    Json.text(node, "chart"),
                    Json.text(node, "version"),
                    given(Json.texts(node.path("labels"))));
        }

        private static SortedMap<String, String> given(SortedMap<String, String> labels) {
            SortedMap<String, String> given = new TreeMap<>(labels);
            given.keySet().removeAll(OWN);
            return Collections.unmodifiableSortedMap(given);
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
