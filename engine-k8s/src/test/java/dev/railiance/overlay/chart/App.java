package dev.railiance.overlay.chart;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.railiance.failure.Outcome;
import dev.railiance.overlay.Overlay;
import dev.railiance.overlay.OverlayArguments;
import dev.railiance.overlay.OverlayTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Real software of a third party, with what {@code create-overlay} is told of it. What its owner adds to
 * {@code values/base.yaml} and {@code values/stage2.yaml} lies in {@code apps/} and stands in the page on overlays.
 */
record App(String name, String upstream, String revision, String image, Optional<String> chart) {

    private static final Pattern TABLE = Pattern.compile("(?m)^[a-zA-Z]+:");

    /** Stateful: database and repositories in one volume. */
    static final App FORGEJO = new App(
            "forgejo",
            "https://codeberg.org/forgejo/forgejo",
            "v11.0.1",
            "codeberg.org/forgejo/forgejo:11.0.1-rootless",
            Optional.empty());

    /** With a database elsewhere. */
    static final App MINIFLUX = new App(
            "miniflux", "https://github.com/miniflux/v2", "2.2.8", "ghcr.io/miniflux/miniflux:2.2.8", Optional.empty());

    /** Stateless. */
    static final App WHOAMI = new App(
            "whoami",
            "https://github.com/traefik/whoami",
            "v1.11.0",
            "docker.io/traefik/whoami:v1.11.0",
            Optional.empty());

    /** Around the upstream's chart. */
    static final App PODINFO = new App(
            "podinfo",
            "https://github.com/stefanprodan/podinfo",
            "6.9.1",
            "ghcr.io/stefanprodan/podinfo:6.9.1",
            Optional.of("https://stefanprodan.github.io/podinfo/podinfo:6.9.1"));

    static final List<App> ALL = List.of(FORGEJO, MINIFLUX, WHOAMI, PODINFO);

    /** The routers that can take it. */
    List<String> routers() {
        return equals(PODINFO) ? List.of("none", "traefik", "gateway-api") : Release.ROUTERS;
    }

    /** Its overlay as it is written, edited as its owner would; what a chart depends on is not there yet. */
    Path overlay(Path parent, String router) throws IOException {
        var words = new OverlayArguments.Words(
                name,
                upstream,
                revision,
                Optional.of(image),
                Optional.empty(),
                chart,
                Optional.of(router),
                Optional.empty());
        Path root = Files.createDirectories(parent.resolve(router)).resolve(name);
        assertInstanceOf(
                Outcome.Done.class,
                OverlayArguments.of(words)
                        .then(arguments ->
                                new Overlay(OverlayTemplate.current(), arguments, root).write(false, false)));
        for (String stage : List.of("base", "stage2")) {
            Optional<String> facts = facts(stage);
            if (facts.isPresent()) {
                Path file = root.resolve("values/" + stage + ".yaml");
                Files.writeString(file, edited(Files.readString(file), facts.get()));
            }
        }
        return root;
    }

    /** With the facts at the end, and without the tables in whose place they come. */
    private static String edited(String values, String facts) {
        String left = values;
        for (String table :
                TABLE.matcher(facts).results().map(MatchResult::group).toList()) {
            left = left.replaceAll("(?m)^" + table + ".*\\n(?: .*\\n)*", "");
        }
        return left + facts;
    }

    /** What its owner adds to a values file. */
    Optional<String> facts(String stage) throws IOException {
        Path file = Charts.RESOURCES.resolve("apps/" + name + "-" + stage + ".yaml");
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    /** The command that writes the overlay. */
    String command() {
        return "railiance create-overlay " + name + " --upstream " + upstream + " --revision " + revision + " --image "
                + image + chart.map(is -> " --chart " + is).orElse("");
    }
}
