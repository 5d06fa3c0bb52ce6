package dev.railiance.helm;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Json;
import java.time.Duration;
import java.util.List;

/**
 * The newest revision of a release, asked through {@code helm history}: {@code helm status} would print with it the values, and
 * in Helm 4 the live objects, secrets among them.
 */
public record HelmStatus(Release release) implements HelmOperation<Revision> {

    static final Duration LIMIT = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "helm history";
    }

    @Override
    public List<String> arguments() {
        return release.arguments(List.of("history"), List.of("--max=1", "--output=json"));
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public Answer<Revision> read(Captured stdout) {
        return Json.read(this, stdout, list -> Json.members(list, Revision::ofHistory))
                .then(revisions -> revisions.size() == 1
                        ? Answer.done(revisions.getFirst())
                        : unreadable("did not list one revision"));
    }
}
