package dev.railiance.stage1;

import dev.railiance.contract.Check;
import dev.railiance.effect.ChartRenderer;
import dev.railiance.effect.ChartRenderer.Rendering;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a chart renders with its values files. */
final class ChartCheck {

    private ChartCheck() {}

    static Finding make(
            Check.HelmRender check,
            Optional<ChartRenderer> renderer,
            Repository repository,
            Duration limit,
            Cancellation cancellation,
            OutputSink output) {
        if (renderer.isEmpty()) {
            return Finding.missing(check.optional(), Prerequisites.NO_RENDERER);
        }
        Optional<Path> chart = repository.directory(check.chart());
        if (chart.isEmpty()) {
            return Finding.failed("no chart directory \"" + check.chart() + "\" in the repository");
        }
        List<Path> values = new ArrayList<>();
        for (String declared : check.values()) {
            Optional<Path> file = repository.existing(declared).filter(Files::isRegularFile);
            if (file.isEmpty()) {
                return Finding.failed("no values file \"" + declared + "\" in the repository");
            }
            values.add(file.get());
        }
        Rendering rendering = renderer.get()
                .render(new ChartRenderer.Chart(chart.get(), values, Spans.bounded(limit)), cancellation, output);
        return switch (rendering) {
            case Rendering.Rendered rendered -> Finding.PASSED;
            case Rendering.Refused refused -> Finding.failed(refused.reason());
            case Rendering.Missing missing -> Finding.missing(check.optional(), Prerequisites.missing(renderer.get()));
            case Rendering.Errored errored -> Finding.errored(errored.reason());
        };
    }
}
