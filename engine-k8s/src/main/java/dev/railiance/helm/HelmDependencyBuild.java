package dev.railiance.helm;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code helm dependency build}: fetches into {@code charts/} what {@code Chart.lock} names, from {@code oci://} and
 * {@code file://}. Other repositories have to be known to Helm: name HELM_REPOSITORY_CONFIG among the allowed variables.
 */
public record HelmDependencyBuild(Path chart, Duration timeLimit) implements HelmOperation<HelmDependencyBuild.Built> {

    /** It was done. */
    public record Built() {}

    @Override
    public String name() {
        return "helm dependency build";
    }

    @Override
    public List<String> arguments() {
        return List.of("dependency", "build", chart.toString(), "--skip-refresh");
    }

    /** Helm prints a different text for each case, and nothing at all when there is nothing to fetch. */
    @Override
    public Answer<Built> read(Captured stdout) {
        return Answer.done(new Built());
    }
}
