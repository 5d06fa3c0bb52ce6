package dev.railiance.helm;

import dev.railiance.helm.HelmFlags.Waiting;
import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code helm uninstall}: removes the objects of a release, and its history unless that is to be kept. NOT_FOUND when there
 * is none.
 *
 * @param waiting READY waits until the objects are gone
 * @param description of the last revision; of use only when the history is kept
 */
public record HelmUninstall(
        HelmFlags flags,
        Release release,
        Duration timeout,
        Waiting waiting,
        boolean keepHistory,
        Optional<String> description)
        implements HelmOperation<HelmUninstall.Uninstalled> {

    /** It was done. */
    public record Uninstalled() {}

    @Override
    public String name() {
        return "helm uninstall";
    }

    @Override
    public List<String> arguments() {
        List<String> more = new ArrayList<>();
        more.add("--timeout=" + HelmUpgrade.seconds(timeout));
        more.addAll(flags.waiting(waiting));
        if (keepHistory) {
            more.add("--keep-history");
        }
        description.ifPresent(text -> more.add("--description=" + text));
        return release.arguments(List.of("uninstall"), more);
    }

    @Override
    public Duration timeLimit() {
        return HelmUpgrade.limit(timeout);
    }

    @Override
    public Duration grace() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Answer<Uninstalled> read(Captured stdout) {
        return stdout.text().contains("release \"" + release.name() + "\" uninstalled")
                ? Answer.done(new Uninstalled())
                : unreadable("did not say that it uninstalled");
    }
}
