package dev.railiance.effect;

import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Renders charts to manifests on this machine, without a cluster. Never throws for what a chart or a tool can cause. */
public interface ChartRenderer {

    /** What the tool is called in reports, for instance {@code helm}. */
    String tool();

    /** How the tool is got where it is not there, for people. */
    String installation();

    /** Asks whether the tool is there and which version it has; takes a few seconds at most. */
    Availability availability(Cancellation cancellation);

    /**
     * Renders a chart and says whether that worked; the manifests themselves are not kept.
     *
     * @param diagnostics receives what the tool says about its work, but no manifest: those may hold secrets
     */
    Rendering render(Chart chart, Cancellation cancellation, OutputSink diagnostics);

    /**
     * A chart to render.
     *
     * @param directory an absolute path
     * @param values absolute paths of values files; a later one outweighs an earlier one
     * @param timeLimit for the whole rendering
     */
    record Chart(Path directory, List<Path> values, Duration timeLimit) {

        public Chart {
            values = List.copyOf(values);
        }
    }

    /** Whether the tool can be used. */
    sealed interface Availability {

        /** It can, and this is its version. */
        record Available(String version) implements Availability {}

        /** It is not there. */
        record Missing() implements Availability {}

        /** It is there and does not work; {@code reason} is in the adapter's own words. */
        record Unusable(String reason) implements Availability {}
    }

    /** What came of a rendering; every {@code reason} is in the adapter's own words. */
    sealed interface Rendering {

        /** The chart rendered to at least one manifest. */
        record Rendered() implements Rendering {}

        /** The tool says that the chart does not render, or it rendered nothing. */
        record Refused(String reason) implements Rendering {}

        /** The tool is not there. */
        record Missing() implements Rendering {}

        /** The tool did not come to an answer. */
        record Errored(String reason) implements Rendering {}
    }
}
