package dev.railiance.helm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.helm.HelmFlags.Apply;
import dev.railiance.helm.HelmFlags.OnFailure;
import dev.railiance.helm.HelmFlags.Waiting;
import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Arguments;
import dev.railiance.tool.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code helm upgrade --install}: makes the next revision of a release, the first one if there is none. Answers with the
 * revision made. An answer other than Done does not mean that nothing changed: ask {@link HelmStatus}.
 *
 * @param chart a directory, an archive, or an {@code oci://} reference
 * @param values absolute paths; a later one outweighs an earlier one
 */
public record HelmUpgrade(HelmFlags flags, Release release, String chart, List<Path> values, Options options)
        implements HelmOperation<HelmUpgrade.Made> {

    /** Beyond Helm's own timeout: it has to start, talk to the cluster and write the outcome down. */
    static final Duration MARGIN = Duration.ofSeconds(30);

    private static final Duration GRACE = Duration.ofSeconds(5);

    /** A release with its manifests and notes. */
    static final int RELEASE_CAPTURE = 16 << 20;

    public HelmUpgrade {
        Arguments.requireNoOption(chart);
        values = List.copyOf(values);
    }

    /**
     * What was made.
     *
     * @param manifests as Helm applied them, without hooks
     */
    public record Made(Revision revision, Manifests manifests) {
        static Made of(JsonNode release) {
            return new Made(
                    Revision.ofRelease(release),
                    new Manifests(Json.textAt(release, "manifest").orElse("")));
        }
    }

    /**
     * How to go about it.
     *
     * @param description of the revision, once it is deployed; before that and after a failure it has Helm's own words,
     *     while the labels are there from the beginning
     * @param labels of the record that Helm keeps of the revision, not of any object
     * @param timeout for each thing that Helm waits for
     * @param historyMax how many revisions are kept; Helm's default (10) when empty
     */
    public record Options(
            Optional<String> description,
            SortedMap<String, String> labels,
            Duration timeout,
            Waiting waiting,
            OnFailure onFailure,
            OptionalInt historyMax,
            Apply apply) {

        public Options {
            description.ifPresent(Arguments::requireNoOption);
            labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
            labels.forEach((key, value) -> {
                requireLabel(key, "[A-Za-z0-9]([-A-Za-z0-9_./]{0,315}[A-Za-z0-9])?");
                requireLabel(value, "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
            });
        }

        /** Waits for nothing, keeps what failed, applies as before. */
        public static Options of(String description, Map<String, String> labels, Duration timeout) {
            return new Options(
                    Optional.of(description),
                    new TreeMap<>(labels),
                    timeout,
                    Waiting.NOTHING,
                    OnFailure.KEEP,
                    OptionalInt.empty(),
                    Apply.AS_BEFORE);
        }

        private static void requireLabel(String text, String form) {
            if (!text.matches(form)) {
                throw new IllegalArgumentException("not the key or value of a Kubernetes label");
            }
        }
    }

    @Override
    public String name() {
        return "helm upgrade";
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(change());
        arguments.add("--output=json");
        return List.copyOf(arguments);
    }

    /** Without the form of the output. */
    List<String> change() {
        List<String> more = new ArrayList<>();
        more.add(chart);
        more.add("--install");
        more.addAll(HelmValuesFiles.arguments(values));
        options.description().ifPresent(text -> more.add("--description=" + text));
        options.labels().forEach((key, value) -> more.add("--labels=" + key + "=" + value));
        more.add("--timeout=" + seconds(options.timeout()));
        more.addAll(flags.change(options.waiting(), options.onFailure()));
        more.addAll(flags.apply(options.apply()));
        options.historyMax().ifPresent(count -> more.add("--history-max=" + count));
        return release.arguments(List.of("upgrade"), more);
    }

    @Override
    public Duration timeLimit() {
        return limit(options.timeout());
    }

    /** Helm marks the release as failed when it is asked to end; without that it stays pending. */
    @Override
    public Duration grace() {
        return GRACE;
    }

    @Override
    public int capture() {
        return RELEASE_CAPTURE;
    }

    @Override
    public Answer<Made> read(Captured stdout) {
        return Json.read(this, stdout, Made::of);
    }

    /** Hooks before, the change, hooks after and a rollback have each their own timeout. */
    static Duration limit(Duration timeout) {
        return timeout.multipliedBy(2).plus(MARGIN);
    }

    /** After which nothing of such a call is left, where whoever made it lives. */
    public static Duration longest(Duration timeout) {
        return limit(timeout).plus(GRACE);
    }

    static String seconds(Duration timeout) {
        return Math.max(1, timeout.toSeconds()) + "s";
    }
}
