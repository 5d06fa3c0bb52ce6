package dev.railiance.helm;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Answer.Cause;
import dev.railiance.tool.ClusterRefusal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Helm means by the words on its error stream; the words themselves are dropped. */
final class HelmRefusal {

    private record Sign(Pattern words, Cause cause, String meaning) {}

    /** What is said of a chart whose dependencies nobody has fetched. */
    static final String NO_DEPENDENCY =
            "a chart that it depends on is missing in charts/; run in its directory: helm dependency update";

    private static final Pattern LACKS_DEPENDENCY = Pattern.compile("found in Chart\\.yaml, but missing in charts");

    /** The first that fits counts. */
    private static final List<Sign> SIGNS = List.of(
            sign(
                    "another operation \\(install/upgrade/rollback\\) is in progress",
                    Cause.BUSY,
                    "another operation on the release is under way, or died halfway"),
            sign(
                    "release: not found|has no deployed releases|release has no \\d+ version|no revision for release|"
                            + "release: no revision|revision \\d+ .*not found",
                    Cause.NOT_FOUND,
                    "there is no such release or revision"),
            sign(
                    "invalid ownership metadata|cannot be imported into the current release",
                    Cause.NOT_OWNED,
                    "an object is there already and does not belong to the release"),
            sign(
                    "failed (pre|post)-(install|upgrade|rollback|delete)|hooks? failed",
                    Cause.NOT_READY,
                    "a hook of the chart failed; its Job or Pod tells more"),
            sign(
                    "context deadline exceeded|timed out waiting for the condition|resource not ready|"
                            + "not ready\\. status: |exceeded its progress deadline|rate: Wait\\(n=",
                    Cause.NOT_READY,
                    "not everything became ready in time"),
            new Sign(LACKS_DEPENDENCY, Cause.CHART_INVALID, NO_DEPENDENCY),
            sign(
                    "execution error at|parse error at|template: |values don't meet the specifications of the schema|"
                            + "chart\\.metadata|Chart\\.yaml file is missing|YAML parse error|failed to parse|"
                            + "error converting YAML|"
                            + "path \".*\" not found|failed to download \"|error unmarshaling|invalid chart",
                    Cause.CHART_INVALID,
                    "the chart or its values are faulty or not there"));

    private HelmRefusal() {}

    static boolean lacksDependency(Captured stderr) {
        return LACKS_DEPENDENCY.matcher(stderr.text()).find();
    }

    private static Sign sign(String words, Cause cause, String meaning) {
        return new Sign(Pattern.compile(words), cause, meaning);
    }

    static <T> Answer<T> explain(HelmOperation<T> operation, int exitCode, Captured stderr) {
        String words = stderr.text();
        String ended = operation.name() + " ended with exit code " + exitCode;
        Optional<Answer<T>> ofTheCluster = ClusterRefusal.explain(ended, words);
        if (ofTheCluster.isPresent()) {
            return ofTheCluster.get();
        }
        return SIGNS.stream()
                .filter(sign -> sign.words().matcher(words).find())
                .findFirst()
                .<Answer<T>>map(sign -> Answer.notDone(sign.cause(), ended + ": " + sign.meaning()))
                .orElseGet(() -> Answer.notDone(Cause.REFUSED, ended));
    }
}
