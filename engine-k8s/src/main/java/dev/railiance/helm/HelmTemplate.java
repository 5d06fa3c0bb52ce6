package dev.railiance.helm;

import dev.railiance.effect.ChartRenderer.Chart;
import dev.railiance.effect.ChartRenderer.Rendering;
import dev.railiance.process.ProcessOutcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code helm template}: renders a chart without a cluster; the flags used mean the same in Helm 3 and 4. */
final class HelmTemplate {

    /** Enough to see whether there is a manifest; the rest is read and thrown away. */
    private static final int CAPTURE = 1 << 20;

    private static final String RELEASE = "railiance";

    /** A manifest is an object with these two keys, in YAML or JSON. */
    private static final Pattern KIND = key("kind");

    private static final Pattern API_VERSION = key("apiVersion");

    /** What Helm 3 and 4 say, among other things, of a chart whose dependencies nobody fetched. */
    private static final String NO_DEPENDENCY = "but missing in charts/ directory";

    private HelmTemplate() {}

    static Helm.Call call(Chart chart) {
        List<String> arguments =
                new ArrayList<>(List.of("template", RELEASE, chart.directory().toString()));
        for (Path values : chart.values()) {
            arguments.add("--values=" + quoted(values.toString()));
        }
        return new Helm.Call(arguments, chart.timeLimit(), CAPTURE);
    }

    static Rendering rendering(ProcessOutcome outcome) {
        return switch (outcome) {
            case ProcessOutcome.Exited exited -> exited(exited);
            case ProcessOutcome.TimedOut late ->
                new Rendering.Errored(
                        "helm template did not end within " + late.limit().toMillis() + " ms");
            case ProcessOutcome.Cancelled cancelled -> new Rendering.Errored("interrupted");
            case ProcessOutcome.Unstopped unstopped ->
                new Rendering.Errored("something that helm started could not be stopped and may still run");
            case ProcessOutcome.NotStarted notStarted ->
                notStarted.reason() == ProcessOutcome.Reason.NOT_FOUND
                        ? new Rendering.Missing()
                        : new Rendering.Errored("helm could not be started");
        };
    }

    private static Rendering exited(ProcessOutcome.Exited exited) {
        if (exited.code() != 0 && exited.stderr().text().contains(NO_DEPENDENCY)) {
            return new Rendering.Refused("a chart that it depends on is missing in charts/; run: helm dependency update");
        }
        if (exited.code() != 0) {
            return new Rendering.Refused("helm template ended with exit code " + exited.code());
        }
        String printed = exited.stdout().text();
        return KIND.matcher(printed).find() && API_VERSION.matcher(printed).find()
                ? new Rendering.Rendered()
                : new Rendering.Refused("helm template rendered no manifest");
    }

    /** Helm reads the option as a line of comma-separated values. */
    private static String quoted(String path) {
        return '"' + path.replace("\"", "\"\"") + '"';
    }

    private static Pattern key(String name) {
        return Pattern.compile("(?m)(^|[\\s{,])[\"']?" + name + "[\"']?[ \\t]*:");
    }
}
