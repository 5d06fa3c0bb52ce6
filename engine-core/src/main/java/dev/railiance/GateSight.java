package dev.railiance;

import dev.railiance.effect.MetricSource;
import dev.railiance.failure.Outcome;
import dev.railiance.observation.GateObserver;
import dev.railiance.observation.Programs;
import dev.railiance.observation.Question;
import dev.railiance.promotion.GateEvaluation;
import java.util.List;
import java.util.Optional;

/** What one piece of work looks at gates with, and the way to the metrics that it keeps open. */
final class GateSight implements AutoCloseable {

    private final WorkContext work;
    private final Optional<MetricSource> metrics;
    private final GateObserver observer;

    private GateSight(WorkContext work, Optional<MetricSource> metrics) {
        this.work = work;
        this.metrics = metrics;
        this.observer = new GateObserver(
                work.parts().settings().clock(),
                work.deployer(),
                metrics,
                new Programs(
                        work.parts().processes(),
                        work.design().repository(),
                        work.parts().settings().environment()));
    }

    /** Nothing is looked at yet. */
    static Outcome<GateSight> of(WorkContext work) {
        var declared = work.design().contract().observability().prometheus();
        var factory = work.parts().settings().metricSources();
        return declared.isEmpty() || factory.isEmpty()
                ? Outcome.done(new GateSight(work, Optional.empty()))
                : factory.get()
                        .create(
                                work.parts().processes(),
                                work.parts().settings().environment(),
                                work.context(),
                                declared.get(),
                                work.design().repository())
                        .then(source -> Outcome.done(new GateSight(work, Optional.of(source))));
    }

    /** One look at each gate that is due. */
    List<GateEvaluation> look(Question question) {
        return observer.look(question, work.cancellation());
    }

    @Override
    public void close() {
        metrics.ifPresent(MetricSource::close);
    }
}
