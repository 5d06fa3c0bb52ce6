package dev.railiance.helm;

import dev.railiance.effect.ChartRenderer;
import dev.railiance.process.Cancellation;
import dev.railiance.process.Captured;
import dev.railiance.process.OutputSink;
import dev.railiance.process.Processes;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Answer.Cause;
import dev.railiance.tool.Installation;
import dev.railiance.tool.PrivateHome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renders charts with the {@code helm} on PATH, Helm 3 or 4; each time in a home of its own that is gone afterwards. */
public final class HelmChartRenderer implements ChartRenderer {

    private static final String RELEASE = "railiance";

    private final Processes processes;
    private final Map<String, String> environment;

    /**
     * Creates a renderer; nothing is run yet.
     *
     * @param environment of this process; Helm sees PATH and the locale of it, and none of its HELM_ variables
     */
    public HelmChartRenderer(Processes processes, Map<String, String> environment) {
        this.processes = processes;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String tool() {
        return Helm.PROGRAM;
    }

    @Override
    public String installation() {
        return Installation.OF_HELM;
    }

    @Override
    public Availability availability(Cancellation cancellation) {
        return switch (run(HelmVersion.ASK, OutputSink.NONE, cancellation)) {
            case Answer.Done<HelmVersion> done ->
                new Availability.Available(done.value().number());
            case Answer.NotDone<HelmVersion> not ->
                not.cause() == Cause.MISSING ? new Availability.Missing() : new Availability.Unusable(told(not));
        };
    }

    @Override
    public Rendering render(Chart chart, Cancellation cancellation, OutputSink diagnostics) {
        return switch (run(Check.of(chart), diagnostics, cancellation)) {
            case Answer.Done<Rendering.Rendered> done -> done.value();
            case Answer.NotDone<Rendering.Rendered> not ->
                switch (not.cause()) {
                    case MISSING -> new Rendering.Missing();
                    case CHART_INVALID -> new Rendering.Refused(told(not));
                    default -> new Rendering.Errored(told(not));
                };
        };
    }

    private <T> Answer<T> run(HelmOperation<T> operation, OutputSink diagnostics, Cancellation cancellation) {
        try (PrivateHome home = PrivateHome.open()) {
            return Helm.withoutCluster(processes, environment, home).run(operation, diagnostics, cancellation);
        } catch (IOException e) {
            return Answer.notDone(Cause.BROKEN, "no temporary directory could be made for helm");
        }
    }

    private static String told(Answer.NotDone<?> not) {
        return not.cause() == Cause.INTERRUPTED ? "interrupted" : not.reason();
    }

    /** Renders only to see whether there is a manifest: the first part of the output tells, the rest is thrown away. */
    private record Check(HelmTemplate template) implements HelmOperation<Rendering.Rendered> {

        static Check of(Chart chart) {
            return new Check(new HelmTemplate(
                    RELEASE,
                    Optional.empty(),
                    chart.directory().toString(),
                    chart.values(),
                    Capabilities.UNKNOWN,
                    chart.timeLimit()));
        }

        @Override
        public String name() {
            return template.name();
        }

        @Override
        public List<String> arguments() {
            return template.arguments();
        }

        @Override
        public Duration timeLimit() {
            return template.timeLimit();
        }

        @Override
        public boolean partial() {
            return true;
        }

        @Override
        public Answer<Rendering.Rendered> read(Captured stdout) {
            return template.read(stdout).then(manifests -> Answer.done(new Rendering.Rendered()));
        }

        @Override
        public Answer<Rendering.Rendered> explain(int exitCode, Captured stdout, Captured stderr) {
            return Answer.notDone(
                    Cause.CHART_INVALID,
                    HelmRefusal.lacksDependency(stderr)
                            ? HelmRefusal.NO_DEPENDENCY
                            : name() + " ended with exit code " + exitCode);
        }
    }
}
