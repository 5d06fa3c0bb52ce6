package dev.railiance.helm;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code helm lint --strict}: CHART_INVALID where the chart has a fault or deserves a warning. What Helm finds is on its
 * output, which nobody gets to see; {@link HelmTemplate} tells on the error stream why a chart does not render.
 */
public record HelmLint(Path chart, List<Path> values, Duration timeLimit) implements HelmOperation<HelmLint.Sound> {

    /** Nothing was found. */
    public record Sound() {}

    public HelmLint {
        values = List.copyOf(values);
    }

    @Override
    public String name() {
        return "helm lint";
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("lint", chart.toString(), "--strict"));
        arguments.addAll(HelmValuesFiles.arguments(values));
        return List.copyOf(arguments);
    }

    @Override
    public Answer<Sound> read(Captured stdout) {
        return stdout.text().contains("1 chart(s) linted, 0 chart(s) failed")
                ? Answer.done(new Sound())
                : unreadable("did not say that it linted the chart");
    }

    @Override
    public Answer<Sound> explain(int exitCode, Captured stdout, Captured stderr) {
        return Answer.notDone(Answer.Cause.CHART_INVALID, "helm lint ended with exit code " + exitCode);
    }
}
