package dev.railiance.helm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.tool.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * One revision of a release.
 *
 * @param description as given with the operation; Helm's own words, which may quote the cluster, after a failure: to be
 *     compared, not to be shown
 * @param chart name and version, for instance {@code web-1.2.3}
 */
public record Revision(
        int number,
        ReleaseStatus status,
        Optional<String> description,
        Optional<Instant> updated,
        Optional<String> chart,
        Optional<String> appVersion) {

    /** Reads an entry of {@code helm history}. */
    static Revision ofHistory(JsonNode entry) {
        return new Revision(
                Json.number(entry, "revision"),
                ReleaseStatus.of(Json.text(entry, "status")),
                Json.textAt(entry, "description"),
                Json.time(entry, "updated"),
                Json.textAt(entry, "chart"),
                Json.textAt(entry, "app_version"));
    }

    /** Reads a release as {@code helm upgrade} prints it; its values and manifests are not kept. */
    static Revision ofRelease(JsonNode release) {
        JsonNode info = release.path("info");
        JsonNode chart = release.path("chart").path("metadata");
        return new Revision(
                Json.number(release, "version"),
                ReleaseStatus.of(Json.text(info, "status")),
                Json.textAt(info, "description"),
                Json.time(info, "last_deployed"),
                Json.textAt(chart, "name")
                        .flatMap(name -> Json.textAt(chart, "version").map(version -> name + "-" + version)),
                Json.textAt(chart, "appVersion"));
    }
}
