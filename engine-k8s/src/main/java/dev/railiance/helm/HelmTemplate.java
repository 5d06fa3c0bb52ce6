package dev.railiance.helm;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Arguments;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code helm template}: renders a chart without a cluster, hooks included; the flags used mean the same in Helm 3 and 4.
 *
 * @param release the name that the chart gets to see
 * @param namespace the same; Helm's default when empty
 * @param chart a directory or an archive
 * @param values absolute paths; a later one outweighs an earlier one
 */
public record HelmTemplate(
        String release,
        Optional<String> namespace,
        String chart,
        List<Path> values,
        Capabilities capabilities,
        Duration timeLimit)
        implements HelmOperation<Manifests> {

    /** A manifest is an object with these two keys, in YAML or JSON. */
    private static final Pattern KIND = key("kind");

    private static final Pattern API_VERSION = key("apiVersion");

    public HelmTemplate {
        Arguments.requireName(release);
        namespace.ifPresent(Arguments::requireName);
        Arguments.requireNoOption(chart);
        values = List.copyOf(values);
    }

    @Override
    public String name() {
        return "helm template";
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("template", release, chart));
        arguments.addAll(HelmValuesFiles.arguments(values));
        namespace.ifPresent(where -> arguments.add("--namespace=" + where));
        arguments.addAll(capabilities.arguments());
        return List.copyOf(arguments);
    }

    @Override
    public int capture() {
        return HelmUpgrade.RELEASE_CAPTURE;
    }

    @Override
    public Answer<Manifests> read(Captured stdout) {
        String yaml = stdout.text();
        return holdsAnObject(yaml)
                ? Answer.done(new Manifests(yaml))
                : Answer.notDone(Answer.Cause.CHART_INVALID, "helm template rendered no manifest");
    }

    /** Whether there is a manifest in a text. */
    static boolean holdsAnObject(String printed) {
        return KIND.matcher(printed).find() && API_VERSION.matcher(printed).find();
    }

    private static Pattern key(String name) {
        return Pattern.compile("(?m)(^|[\\s{,])[\"']?" + name + "[\"']?[ \\t]*:");
    }
}
