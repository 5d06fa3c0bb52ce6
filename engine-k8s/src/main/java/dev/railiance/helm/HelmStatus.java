package dev.railiance.helm;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Json;
import java.time.Duration;
import java.util.List;

/** {@code helm status}: the newest revision of a release. */
public record HelmStatus(Release release) implements HelmOperation<Revision> {

    static final Duration LIMIT = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "helm status";
    }

    @Override
    public List<String> arguments() {
        return release.arguments(List.of("status"), List.of("--output=json"));
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public int capture() {
        return HelmUpgrade.RELEASE_CAPTURE;
    }

    @Override
    public Answer<Revision> read(Captured stdout) {
        return Json.read(this, stdout, Revision::ofRelease);
    }
}
