package dev.railiance.helm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterNamespace;
import dev.railiance.tool.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code helm list}: the releases of a namespace in whatever state, each with its newest revision.
 *
 * @param labels those only whose newest revision has these labels
 */
public record HelmList(HelmFlags flags, ClusterNamespace namespace, Map<String, String> labels)
        implements HelmOperation<List<HelmList.Listed>> {

    /** No namespace holds so many; Helm's own default would leave out what comes after 256. */
    private static final int MAX = 10_000;

    /** A release in a list. */
    public record Listed(String name, int revision, ReleaseStatus status, String chart) {

        static Listed of(JsonNode node) {
            // A string, unlike everywhere else.
            String revision = Json.text(node, "revision");
            if (!revision.matches("[0-9]{1,9}")) {
                throw new Json.Odd();
            }
            return new Listed(
                    Json.text(node, "name"),
                    Integer.parseInt(revision),
                    ReleaseStatus.of(Json.text(node, "status")),
                    Json.text(node, "chart"));
        }
    }

    public HelmList {
        labels = Map.copyOf(labels);
    }

    @Override
    public String name() {
        return "helm list";
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("list", "--output=json", "--max=" + MAX));
        arguments.addAll(flags.everyStatus());
        if (!labels.isEmpty()) {
            List<String> terms = new ArrayList<>();
            new TreeMap<>(labels).forEach((key, value) -> terms.add(key + "=" + value));
            arguments.add("--selector=" + String.join(",", terms));
        }
        arguments.addAll(Release.place(namespace));
        return List.copyOf(arguments);
    }

    @Override
    public Duration timeLimit() {
        return HelmStatus.LIMIT;
    }

    @Override
    public int capture() {
        return 4 << 20;
    }

    @Override
    public Answer<List<Listed>> read(Captured stdout) {
        return Json.read(this, stdout, list -> Json.members(list, Listed::of));
    }
}
