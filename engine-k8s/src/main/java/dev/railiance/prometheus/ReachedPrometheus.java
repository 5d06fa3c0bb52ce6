package dev.railiance.prometheus;

import dev.railiance.contract.Observability;
import dev.railiance.effect.MetricSource;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.kubectl.Kubectl;
import dev.railiance.kubectl.KubectlSecrets;
import dev.railiance.kubectl.KubectlServiceForward;
import dev.railiance.process.Cancellation;
import dev.railiance.process.Processes;
import dev.railiance.tool.PrivateHome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Prometheus that a contract declares, reached with the {@code kubectl} on PATH where it is in the cluster; secrets come from
 * the environment or from the cluster.
 */
public final class ReachedPrometheus implements MetricSource {

    private final DeclaredPrometheus declared;
    private final PrivateHome home;

    private ReachedPrometheus(DeclaredPrometheus declared, PrivateHome home) {
        this.declared = declared;
        this.home = home;
    }

    /** Makes one with a temporary home of its own, which is gone after {@link #close()}. */
    public static Outcome<MetricSource> create(
            Processes processes,
            Map<String, String> environment,
            Optional<String> context,
            Observability.Prometheus declared,
            Path repository) {
        try {
            PrivateHome home = PrivateHome.open();
            var kubectl = new Kubectl(processes, environment, List.of(), home);
            return Outcome.done(new ReachedPrometheus(
                    new DeclaredPrometheus(
                            declared,
                            repository,
                            new EnvironmentSecrets(environment, new KubectlSecrets(kubectl, context)),
                            new KubectlServiceForward(kubectl, context)),
                    home));
        } catch (IOException e) {
            return Outcome.notDone(
                    new Failure(Code.TOOL_UNAVAILABLE, "no temporary directory could be made for kubectl", ""));
        }
    }

    @Override
    public Answer range(Range range, Cancellation cancellation) {
        return declared.range(range, cancellation);
    }

    @Override
    public Answer instant(String query, Instant at, Cancellation cancellation) {
        return declared.instant(query, at, cancellation);
    }

    @Override
    public void close() {
        declared.close();
        home.close();
    }
}
