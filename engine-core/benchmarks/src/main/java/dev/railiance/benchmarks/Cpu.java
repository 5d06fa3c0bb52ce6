package dev.railiance.benchmarks;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the processors have spent, which a noisy machine changes less than the time that something takes.
 *
 * @param client by this process, compiler and garbage collector included
 * @param server by the processes that it has started: those of the database server
 */
record Cpu(Duration client, Duration server) {

    /** Until now; a process that has ended is not in it. */
    static Cpu spent() {
        ProcessHandle here = ProcessHandle.current();
        return new Cpu(sum(Stream.of(here)), sum(here.descendants()));
    }

    private static Duration sum(Stream<ProcessHandle> processes) {
        return processes
                .map(process -> process.info().totalCpuDuration())
                .flatMap(Optional::stream)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** What was spent since then for each of so many units. */
    Cpu since(Cpu before, long units) {
        return new Cpu(
                client.minus(before.client()).dividedBy(units),
                server.minus(before.server()).dividedBy(units));
    }
}
