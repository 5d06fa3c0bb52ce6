package dev.railiance.stage1;

import dev.railiance.contract.DeclaredCommand;
import dev.railiance.process.AllowedEnvironment;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessOutcome;
import dev.railiance.process.ProcessRequest;
import dev.railiance.process.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Runs declared commands in the repository, and says in the engine's words how they ended. */
final class Commands {

    /** Whatever the exit code says: what still runs may change what the next check sees. */
    static final Finding UNSTOPPED =
            Finding.errored("something that it started could not be stopped and may still run");

    /** Short, so that an interrupted command is gone well within the two seconds that Ctrl-C may take. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private final Processes processes;
    private final Repository repository;
    private final Map<String, String> environment;
    private final Cancellation cancellation;
    private final OutputSink output;

    Commands(
            Processes processes,
            Repository repository,
            Map<String, String> environment,
            Cancellation cancellation,
            OutputSink output) {
        this.processes = processes;
        this.repository = repository;
        this.environment = environment;
        this.cancellation = cancellation;
        this.output = output;
    }

    /** Runs to the end, within the command's own time limit or a shorter one. */
    Finding run(DeclaredCommand command, Duration limit, int expectedCode) {
        Optional<Path> directory = repository.directory(command.directory());
        if (directory.isEmpty()) {
            return Finding.errored(noDirectory(command));
        }
        Duration bounded = Spans.bounded(Spans.shorter(command.timeout(), limit));
        return finding(
                command, processes.run(request(command, directory.get(), bounded, GRACE), cancellation), expectedCode);
    }

    ProcessRequest request(DeclaredCommand command, Path directory, Duration limit, Duration grace) {
        return new ProcessRequest(
                command.argv(),
                directory,
                AllowedEnvironment.of(environment, command.environment()),
                limit,
                grace,
                0,
                output);
    }

    static String noDirectory(DeclaredCommand command) {
        return "no directory \"" + command.directory() + "\" in the repository";
    }

    private static Finding finding(DeclaredCommand command, ProcessOutcome outcome, int expectedCode) {
        return switch (outcome) {
            case ProcessOutcome.Exited exited ->
                exited.code() == expectedCode
                        ? Finding.PASSED
                        : Finding.failed("exit code " + exited.code() + ", expected " + expectedCode);
            case ProcessOutcome.TimedOut timedOut ->
                Finding.errored("stopped at its time limit of " + Spans.words(timedOut.limit()));
            case ProcessOutcome.Cancelled cancelled -> Finding.INTERRUPTED;
            case ProcessOutcome.Unstopped unstopped -> UNSTOPPED;
            case ProcessOutcome.NotStarted notStarted -> Finding.errored(words(command, notStarted.reason()));
        };
    }

    /** Why a program could not be started. */
    static String words(DeclaredCommand command, ProcessOutcome.Reason reason) {
        String program = "\"" + command.argv().getFirst() + "\"";
        return switch (reason) {
            case NOT_FOUND -> "program " + program + " was not found";
            case NOT_EXECUTABLE -> "program " + program + " may not be executed";
            case NO_DIRECTORY -> noDirectory(command);
            case REFUSED -> "the operating system did not start " + program;
        };
    }
}
