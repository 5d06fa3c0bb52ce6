package dev.railiance.process;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One running process tree, from its start to the moment when nothing of it is left. */
final class Tree implements RunningProcess {

    /** How often a running tree is looked at: sinks that hang, processes that leave the tree. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What ends the running of a tree; the first one counts. */
    private enum End {
        EXIT,
        LIMIT,
        STOP
    }

    private final ProcessRequest request;
    private final ZtExecution execution;
    private final TreeMembers members;
    private final TreeStop stop;
    private final long started = System.nanoTime();
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final CompletableFuture<ProcessOutcome> outcome = new CompletableFuture<>();
    private volatile boolean clean;
    private boolean interrupted;

    Tree(ProcessRequest request, ZtExecution execution, TreeMembers members) {
        this.request = request;
        this.execution = execution;
        this.members = members;
        this.stop = new TreeStop(members);
        members.add(execution.process().toHandle());
        var unused = execution.exited().thenRun(() -> end.complete(End.EXIT));
    }

    /** Waits for the end, by itself or not, and leaves nothing of the tree behind. */
    ProcessOutcome supervise() {
        try {
            End how = awaitEnd();
            Duration duration = Duration.ofNanos(System.nanoTime() - started);
            clean = stop.stop(request.grace());
            execution.drain();
            ProcessOutcome result = clean ? ended(how, duration) : new ProcessOutcome.Unstopped(duration);
            outcome.complete(result);
            return result;
        } catch (RuntimeException | Error e) {
            outcome.completeExceptionally(e);
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private ProcessOutcome ended(End how, Duration duration) {
        return switch (how) {
            case EXIT ->
                new ProcessOutcome.Exited(
                        execution.process().exitValue(), duration, execution.stdout(), execution.stderr());
            case LIMIT -> new ProcessOutcome.TimedOut(request.timeLimit());
            case STOP -> new ProcessOutcome.Cancelled(duration);
        };
    }

    private End awaitEnd() {
        long limit = Nanos.of(request.timeLimit());
        while (true) {
            long left = limit - (System.nanoTime() - started);
            if (left <= 0) {
                end.complete(End.LIMIT);
            }
            try {
                return end.get(Math.max(0, Math.min(left, LOOK_NANOS)), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                execution.relieve();
                members.look();
            } catch (InterruptedException e) {
                // Whoever interrupts the caller wants the work to end.
                interrupted = true;
                end.complete(End.STOP);
            } catch (ExecutionException e) {
                throw new IllegalStateException("the end of a process is never a failure", e);
            }
        }
    }

    /** Asks the tree to end, without waiting. */
    void cancel() {
        end.complete(End.STOP);
    }

    /** Asks the tree to end sooner than its own grace allows. */
    void hurry(Duration grace, Duration killing) {
        end.complete(End.STOP);
        stop.shorten(grace, killing);
    }

    /** Whether the tree has ended and nothing of it is left. */
    boolean isClean() {
        return clean;
    }

    /** Waits until the tree has ended; false when it has not within {@code time}. */
    boolean awaitClean(Duration time) {
        try {
            outcome.get(Nanos.of(time), TimeUnit.NANOSECONDS);
            return clean;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public Optional<ProcessOutcome> outcome() {
        return outcome.isDone() ? Optional.of(outcome.join()) : Optional.empty();
    }

    @Override
    public void stop() {
        cancel();
        outcome.handle((result, failure) -> result).join();
    }

    @Override
    public void stop(Duration grace) {
        hurry(grace, TreeStop.KILLING);
        stop();
    }
}
