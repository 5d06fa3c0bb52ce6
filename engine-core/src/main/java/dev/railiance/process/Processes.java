package dev.railiance.process;

/** Starts processes and stops their whole trees. One instance serves a whole engine; closing it stops what still runs. */
public interface Processes extends AutoCloseable {

    /**
     * Runs a process to its end. Blocks at most the request's time limit plus its grace.
     *
     * @param cancellation stops the tree early; the outcome is then {@link ProcessOutcome.Cancelled}
     */
    ProcessOutcome run(ProcessRequest request, Cancellation cancellation);

    /** Starts a process that runs beside the caller, until it ends, is stopped or reaches its time limit. */
    RunningProcess start(ProcessRequest request);

    /** Stops every process tree that is still running. */
    @Override
    void close();
}
