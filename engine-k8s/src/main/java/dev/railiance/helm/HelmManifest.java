package dev.railiance.helm;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * {@code helm get manifest}: the objects of a revision as Helm applied them, without hooks.
 *
 * @param revision the newest when empty
 */
public record HelmManifest(Release release, OptionalInt revision) implements HelmOperation<Manifests> {

    @Override
    public String name() {
        return "helm get manifest";
    }

    @Override
    public List<String> arguments() {
        return release.arguments(List.of("get", "manifest"), revisionArguments(revision));
    }

    static List<String> revisionArguments(OptionalInt revision, String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        revision.ifPresent(number -> arguments.add("--revision=" + number));
        return arguments;
    }

    @Override
    public Duration timeLimit() {
        return HelmStatus.LIMIT;
    }

    @Override
    public int capture() {
        return HelmUpgrade.RELEASE_CAPTURE;
    }

    /** A chart may make no object at all: then there is an empty line. */
    @Override
    public Answer<Manifests> read(Captured stdout) {
        String yaml = stdout.text();
        return yaml.equals("\n") || HelmTemplate.holdsAnObject(yaml)
                ? Answer.done(new Manifests(yaml))
                : unreadable("printed no manifest");
    }
}
