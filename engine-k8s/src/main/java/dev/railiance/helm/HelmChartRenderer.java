package dev.railiance.helm;

import dev.railiance.effect.ChartRenderer;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.Processes;
import java.util.Map;

/** Renders charts with the {@code helm} on PATH, Helm 3 or 4. */
public final class HelmChartRenderer implements ChartRenderer {

    private static final String NO_HOME = "no temporary directory could be made for helm";

    private final Helm helm;

    /**
     * Creates a renderer; nothing is run yet.
     *
     * @param environment of this process; Helm sees PATH and the locale of it, and none of its HELM_ variables
     */
    public HelmChartRenderer(Processes processes, Map<String, String> environment) {
        helm = new Helm(processes, environment);
    }

    @Override
    public String tool() {
        return Helm.PROGRAM;
    }

    @Override
    public Availability availability(Cancellation cancellation) {
        return helm.run(HelmVersion.CALL, OutputSink.NONE, cancellation)
                .map(HelmVersion::availability)
                .orElseGet(() -> new Availability.Unusable(NO_HOME));
    }

    @Override
    public Rendering render(Chart chart, Cancellation cancellation, OutputSink diagnostics) {
        return helm.run(HelmTemplate.call(chart), diagnostics, cancellation)
                .map(HelmTemplate::rendering)
                .orElseGet(() -> new Rendering.Errored(NO_HOME));
    }
}
