package dev.railiance.helm;

import dev.railiance.helm.HelmFlags.Apply;
import dev.railiance.helm.HelmFlags.Waiting;
import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * {@code helm rollback}: makes a new revision with the content of an old one; also out of a pending state. Helm describes it
 * in its own words, {@code Rollback to N}, and takes the labels from the old revision.
 *
 * @param revision to go back to, not the newest
 */
public record HelmRollback(
        HelmFlags flags,
        Release release,
        int revision,
        Duration timeout,
        Waiting waiting,
        Apply apply,
        OptionalInt historyMax)
        implements HelmOperation<HelmRollback.RolledBack> {

    /** It was done; the number of the new revision is for {@link HelmStatus} to tell. */
    public record RolledBack() {}

    public HelmRollback {
        if (revision < 1) {
            // Helm reads 0 as "the revision before".
            throw new IllegalArgumentException("revisions count from 1");
        }
    }

    @Override
    public String name() {
        return "helm rollback";
    }

    @Override
    public List<String> arguments() {
        List<String> more = new ArrayList<>();
        more.add(Integer.toString(revision));
        more.add("--timeout=" + HelmUpgrade.seconds(timeout));
        more.addAll(flags.waiting(waiting));
        more.addAll(flags.apply(apply));
        historyMax.ifPresent(count -> more.add("--history-max=" + count));
        return release.arguments(List.of("rollback"), more);
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
    public Answer<RolledBack> read(Captured stdout) {
        return new String(stdout.bytes(), StandardCharsets.UTF_8).contains("Rollback was a success")
                ? Answer.done(new RolledBack())
                : unreadable("did not say that it rolled back");
    }
}
