package dev.railiance.metric;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what metrics throw from those who are measured: what is in the ledger must not look as if it were not. */
public final class ForgivingMetrics implements EngineMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(ForgivingMetrics.class);

    private final EngineMetrics metrics;
    private final AtomicBoolean said = new AtomicBoolean();

    /** Hands everything on to {@code metrics}. */
    public ForgivingMetrics(EngineMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void record(Measurement measurement) {
        try {
            metrics.record(measurement);
        } catch (RuntimeException e) {
            // Once is enough: what fails for one measurement mostly fails for all.
            if (!said.getAndSet(true)) {
                LOG.warn("measurements are lost: the metrics cannot take them", e);
            }
        }
    }
}
