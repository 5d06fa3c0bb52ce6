package dev.railiance.overlay.chart;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One release of an application, with the values that the engine sets.
 *
 * @param values files before those of the engine
 * @param weight the canary's share in percent
 */
record Release(Path chart, String app, List<Path> values, String router, String track, int weight) {

    static final List<String> ROUTERS = List.of("none", "traefik", "gateway-api", "replicas");
    static final List<String> TRACKS = List.of("stable", "canary", "routing");

    /** Each release that an overlay can have in each stage: without a router there is nothing to route. */
    static List<Release> all(Path overlay, String app, String router) {
        return List.of("stage2", "stage3").stream()
                .flatMap(stage -> TRACKS.stream()
                        .filter(track -> !(router.equals("none") && track.equals("routing")))
                        .map(track -> of(overlay, app, stage, router, track, 25)))
                .toList();
    }

    static Release of(Path overlay, String app, String stage, String router, String track, int weight) {
        var values = List.of(overlay.resolve("values/base.yaml"), overlay.resolve("values/" + stage + ".yaml"));
        return new Release(overlay.resolve("chart"), app, values, router, track, weight);
    }

    String name() {
        return track.equals("stable") ? app : app + "-" + track;
    }

    Call template(Path helm, String... more) throws IOException, InterruptedException {
        return call(List.of(helm.toString(), "template", name(), chart.toString()), more);
    }

    Call lint(Path helm) throws IOException, InterruptedException {
        return call(List.of(helm.toString(), "lint", "--strict", chart.toString()));
    }

    /** Helm with the verb and chart given, and the values of this release. */
    Call call(List<String> verb, String... more) throws IOException, InterruptedException {
        Path engine = Files.createTempFile("engine", ".json");
        try {
            JsonMapper.builder().build().writeValue(engine.toFile(), engineValues());
            List<String> argv = new ArrayList<>(verb);
            values.forEach(file -> argv.addAll(List.of("-f", file.toString())));
            argv.addAll(List.of("-f", engine.toString()));
            argv.addAll(List.of(more));
            return Call.of(argv);
        } finally {
            Files.delete(engine);
        }
    }

    /** With what deploy.subchart hands on where an upstream chart is wrapped. */
    private Map<String, Object> engineValues() throws IOException {
        Map<String, Object> all = new TreeMap<>();
        if (Files.readString(chart.resolve("Chart.yaml")).contains("dependencies:")) {
            var upstream = new TreeMap<String, Object>();
            upstream.put("image", Map.of("repository", "registry.example.org/upstream", "tag", "v2"));
            if (router.equals("replicas") && track.equals("canary")) {
                upstream.put("replicaCount", 2);
            }
            all.put("upstream", upstream);
        }
        all.put("routing", Map.of("router", router));
        all.put(
                "railiance",
                Map.of(
                        "track",
                        track,
                        "promotion",
                        "0c5f4a52-53cf-4a3c-9b0e-0d7f1e2b6a11",
                        "attempt",
                        "7d9a2f60-0d53-4c0b-8a63-b2b7f3a4c522",
                        "artifact",
                        "sha256:" + "1".repeat(64),
                        "weight",
                        weight,
                        "workload",
                        !track.equals("routing")));
        return all;
    }
}
