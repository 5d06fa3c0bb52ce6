package dev.railiance.helm;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Json;
import java.time.Duration;
import java.util.List;

/**
 * {@code helm history}: the revisions that Helm still keeps, the oldest first.
 *
 * @param max at most so many of them, the newest
 */
public record HelmHistory(Release release, int max) implements HelmOperation<List<Revision>> {

    @Override
    public String name() {
        return "helm history";
    }

    @Override
    public List<String> arguments() {
        return release.arguments(List.of("history"), List.of("--max=" + max, "--output=json"));
    }

    @Override
    public Duration timeLimit() {
        return HelmStatus.LIMIT;
    }

    @Override
    public Answer<List<Revision>> read(Captured stdout) {
        // Of a release that is there at least one revision is.
        return Json.read(this, stdout, list -> Json.members(list, Revision::ofHistory))
                .then(revisions -> revisions.isEmpty() ? unreadable("listed no revision") : Answer.done(revisions));
    }
}
