package dev.railiance.metric;

/**
 * Told what an engine did, as it did it. Called by the thread that did it, by several at once: quick and safe for threads.
 * What it throws is logged and forgotten, for what was measured has happened already.
 */
@FunctionalInterface
public interface EngineMetrics {

    /** Nobody watches. */
    EngineMetrics NONE = measurement -> {};

    /** Takes note of a measurement. */
    void record(Measurement measurement);
}
