package dev.railiance.process;

import java.time.Duration;

/** How a process ended. Holds no message of the operating system: those quote the command. */
public sealed interface ProcessOutcome {

    /**
     * The process ended by itself. On POSIX a process ended by signal N has exit code 128 + N.
     *
     * @param stdout the first bytes of its output, at most the request's {@code capture}
     * @param stderr the same of its error stream
     */
    record Exited(int code, Duration duration, Captured stdout, Captured stderr) implements ProcessOutcome {}

    /** The time limit passed; the whole tree has been stopped. */
    record TimedOut(Duration limit) implements ProcessOutcome {}

    /** The caller cancelled; the whole tree has been stopped. */
    record Cancelled(Duration duration) implements ProcessOutcome {}

    /**
     * The process ended, by itself or at its limit or cancelled, but something that it started withstood SIGKILL and may
     * still run.
     */
    record Unstopped(Duration duration) implements ProcessOutcome {}

    /** The process never ran. */
    record NotStarted(Reason reason) implements ProcessOutcome {}

    /** Why a process never ran. */
    enum Reason {
        /** No such program, on PATH or at the path given. */
        NOT_FOUND,
        /** The program is there but may not be executed. */
        NOT_EXECUTABLE,
        /** The working directory is missing or not a directory. */
        NO_DIRECTORY,
        /** The operating system refused for another reason (memory, process limit). */
        REFUSED
    }
}
