package dev.railiance.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Runs processes as trees of which nothing is left in the end: however a process ends, what it started ends with it,
 * also what has made itself a daemon.
 *
 * <p>On Linux the members of a tree are known by a variable in their environment, {@value TreeMarker#VARIABLE}, and by
 * descent. A shell process beside this JVM kills them when this JVM is killed. A process escapes only by doing both:
 * taking the variable out of its environment and leaving its parent within the first second. On systems without
 * {@code /proc} the members are the descendants that were seen while the tree ran, and nothing is stopped when this JVM
 * is killed: there {@link #close()} has to be called, by a shutdown hook for example.
 *
 * <p>A process that may not be killed (of another user, or in an uninterruptible wait of the kernel) is given up after
 * five seconds; the outcome tells it.
 */
public final class ProcessTrees implements Processes {

    private static final Duration CLOSING_GRACE = Duration.ofMillis(800);
    private static final Duration CLOSING_KILL = Duration.ofMillis(500);
    private static final Duration CLOSING_REST = Duration.ofMillis(300);

    private final String identity = UUID.randomUUID().toString();
    private final Guard guard = new Guard(identity);
    private final AtomicLong numbers = new AtomicLong();
    private final Set<Tree> trees = ConcurrentHashMap.newKeySet();

    /** Readers start processes, the writer closes: nothing is started that closing does not see. */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    private boolean closed;

    private ProcessTrees() {}

    /** Opens an instance; nothing is started before the first request. */
    public static ProcessTrees open() {
        return new ProcessTrees();
    }

    /**
     * {@inheritDoc}
     *
     * <p>After {@link #close()}, and when the cancellation has happened already, nothing is started and the outcome is
     * {@link ProcessOutcome.Cancelled}. An interrupt of the calling thread cancels too, and stays set.
     */
    @Override
    public ProcessOutcome run(ProcessRequest request, Cancellation cancellation) {
        if (cancellation.isCancelled()) {
            return new ProcessOutcome.Cancelled(Duration.ZERO);
        }
        return switch (launch(request)) {
            case Ended ended -> ended.result();
            case Started started -> {
                var registration = cancellation.onCancel(started.tree()::cancel);
                try {
                    yield supervise(started.tree());
                } finally {
                    registration.close();
                }
            }
        };
    }

    /**
     * {@inheritDoc}
     *
     * <p>When the process cannot be started, its outcome says so at once. After {@link RunningProcess#stop()} and after
     * {@link #close()} the outcome is {@link ProcessOutcome.Cancelled} unless the process had ended before.
     */
    @Override
    public RunningProcess start(ProcessRequest request) {
        return switch (launch(request)) {
            case Ended ended -> ended;
            case Started started -> {
                Thread.ofPlatform().daemon().name("process-tree").start(() -> supervise(started.tree()));
                yield started.tree();
            }
        };
    }

    private ProcessOutcome supervise(Tree tree) {
        ProcessOutcome outcome = tree.supervise();
        // A tree of which something is left stays for the guard.
        if (tree.isClean()) {
            trees.remove(tree);
        }
        return outcome;
    }

    private sealed interface Launch {}

    private record Started(Tree tree) implements Launch {}

    private record Ended(ProcessOutcome result) implements Launch, RunningProcess {
        @Override
        public Optional<ProcessOutcome> outcome() {
            return Optional.of(result);
        }

        @Override
        public void stop() {}

        @Override
        public void stop(Duration grace) {}
    }

    private Launch launch(ProcessRequest request) {
        return switch (ProgramLookup.of(request)) {
            case ProgramLookup.Missing missing -> notStarted(missing.reason());
            case ProgramLookup.Found found -> launch(request, found.argv());
        };
    }

    private Launch launch(ProcessRequest request, List<String> argv) {
        lock.readLock().lock();
        try {
            if (closed) {
                return new Ended(new ProcessOutcome.Cancelled(Duration.ZERO));
            }
            guard.ensureRunning();
            TreeMarker marker = new TreeMarker(identity + "." + numbers.incrementAndGet() + ";");
            TreeMembers members = new TreeMembers(marker);
            ZtExecution execution = ZtExecution.start(request, argv, marker.mark(request.environment()));
            Tree tree = new Tree(request, execution, members);
            trees.add(tree);
            return new Started(tree);
        } catch (IOException | IllegalArgumentException e) {
            // Both messages quote what was to be started, the second one its environment.
            return notStarted(ProcessOutcome.Reason.REFUSED);
        } finally {
            lock.readLock().unlock();
        }
    }

    private static Launch notStarted(ProcessOutcome.Reason reason) {
        return new Ended(new ProcessOutcome.NotStarted(reason));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Fit for a shutdown hook: every tree gets SIGTERM and at most 0.8 s, then SIGKILL; returns within 2 s.
     */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            lock.writeLock().unlock();
        }
        List<Tree> running = List.copyOf(trees);
        running.forEach(tree -> tree.hurry(CLOSING_GRACE, CLOSING_KILL));
        long end =
                Nanos.later(System.nanoTime(), CLOSING_GRACE.plus(CLOSING_KILL).plus(CLOSING_REST));
        boolean clean = true;
        for (Tree tree : running) {
            clean &= tree.awaitClean(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
        if (clean) {
            guard.close();
        } else {
            guard.alarm();
        }
    }
}
