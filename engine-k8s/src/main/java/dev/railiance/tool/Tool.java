package dev.railiance.tool;

import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessOutcome;
import dev.railiance.process.ProcessRequest;
import dev.railiance.process.Processes;
import dev.railiance.process.RunningProcess;
import dev.railiance.tool.Answer.Cause;
import java.nio.file.Path;
import java.util.Map;

/** Runs operations in one environment: bounded in time and memory, whatever the tool does. Safe for several threads. */
public final class Tool {

    private final Processes processes;
    private final Path directory;
    private final Map<String, String> environment;

    /**
     * Creates the tool; nothing is run yet.
     *
     * @param directory where the tool works
     * @param environment all that the tool gets to see
     */
    public Tool(Processes processes, Path directory, Map<String, String> environment) {
        this.processes = processes;
        this.directory = directory;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Runs an operation to its end.
     *
     * @param diagnostics gets what the tool writes to its error stream, for a person to read; nothing else of it is shown
     */
    public <T> Answer<T> run(Operation<T> operation, OutputSink diagnostics, Cancellation cancellation) {
        return answer(operation, processes.run(request(operation, stderrOnly(diagnostics)), cancellation));
    }

    /** Starts what goes on beside the caller. */
    public RunningProcess start(Operation<?> operation, OutputSink output) {
        return processes.start(request(operation, output));
    }

    /** How a process that ended is told: what {@link #run} answers. */
    public static <T> Answer<T> answer(Operation<T> operation, ProcessOutcome outcome) {
        return switch (outcome) {
            case ProcessOutcome.Exited exited -> exited(operation, exited);
            case ProcessOutcome.TimedOut late ->
                Answer.notDone(
                        Cause.TIMED_OUT,
                        operation.name() + " did not end within " + late.limit().toMillis() + " ms");
            case ProcessOutcome.Cancelled cancelled ->
                Answer.notDone(Cause.INTERRUPTED, operation.name() + " was interrupted");
            case ProcessOutcome.Unstopped unstopped ->
                Answer.notDone(
                        Cause.BROKEN,
                        "something that " + operation.name() + " started could not be stopped and may still run");
            case ProcessOutcome.NotStarted notStarted -> notStarted(operation, notStarted.reason());
        };
    }

    private static <T> Answer<T> exited(Operation<T> operation, ProcessOutcome.Exited exited) {
        if (exited.code() != 0) {
            return operation.explain(exited.code(), exited.stdout(), exited.stderr());
        }
        return exited.stdout().length() > operation.capture() && !operation.partial()
                ? operation.unreadable("printed more than " + operation.capture() + " bytes")
                : operation.read(exited.stdout());
    }

    private static <T> Answer<T> notStarted(Operation<T> operation, ProcessOutcome.Reason reason) {
        String program = operation.argv().getFirst();
        return switch (reason) {
            case NOT_FOUND -> Answer.notDone(Cause.MISSING, "program \"" + program + "\" was not found");
            case NOT_EXECUTABLE -> Answer.notDone(Cause.BROKEN, "program \"" + program + "\" may not be executed");
            case NO_DIRECTORY -> Answer.notDone(Cause.BROKEN, "the temporary home of " + program + " is gone");
            case REFUSED -> Answer.notDone(Cause.BROKEN, "program \"" + program + "\" could not be started");
        };
    }

    private ProcessRequest request(Operation<?> operation, OutputSink output) {
        // One byte more than allowed, to see that there was more.
        return new ProcessRequest(
                operation.argv(),
                directory,
                environment,
                operation.timeLimit(),
                operation.grace(),
                operation.capture() + 1,
                output);
    }

    private static OutputSink stderrOnly(OutputSink diagnostics) {
        return (stream, bytes, length) -> {
            if (stream == OutputSink.Stream.STDERR) {
                diagnostics.write(stream, bytes, length);
            }
        };
    }
}
