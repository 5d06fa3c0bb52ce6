package dev.railiance.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A process to start.
 *
 * @param argv program and arguments, never a shell string
 * @param directory working directory
 * @param environment the whole environment of the process; nothing is inherited
 * @param timeLimit after which the whole process tree is stopped; always required
 * @param grace between SIGTERM and SIGKILL when the tree is stopped
 * @param capture how many bytes of each stream the outcome keeps; the rest is read and thrown away
 * @param output where the streams go while the process runs
 */
public record ProcessRequest(
        List<String> argv,
        Path directory,
        Map<String, String> environment,
        Duration timeLimit,
        Duration grace,
        int capture,
        OutputSink output) {

    public ProcessRequest {
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a process needs a program");
        }
        if (timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException("a process needs a time limit above zero");
        }
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    /** Never prints arguments or environment: either may hold a secret. */
    @Override
    public String toString() {
        return "ProcessRequest[" + argv.getFirst() + "]";
    }
}
