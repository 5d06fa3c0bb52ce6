package dev.railiance.stage1;

import dev.railiance.contract.Check;
import dev.railiance.contract.DeclaredCommand;
import dev.railiance.contract.DeclaredTarget;
import dev.railiance.process.Cancellation;
import dev.railiance.process.ProcessOutcome;
import dev.railiance.process.Processes;
import dev.railiance.process.RunningProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The application as it runs on this machine during the checks: started, awaited, watched and stopped. */
final class LocalTarget implements AutoCloseable {

    /** What a stop after an interruption may take before the rest is killed. */
    private static final Duration HASTE = Duration.ofMillis(500);

    private static final Duration LOOK = Duration.ofMillis(20);

    private final DeclaredTarget declared;
    private final Processes processes;
    private final Repository repository;
    private final Commands commands;
    private final Checks checks;
    private final LongSupplier clock;
    private final Cancellation cancellation;
    private @Nullable RunningProcess running;

    LocalTarget(
            DeclaredTarget declared,
            Processes processes,
            Repository repository,
            Commands commands,
            Checks checks,
            LongSupplier clock,
            Cancellation cancellation) {
        this.declared = declared;
        this.processes = processes;
        this.repository = repository;
        this.commands = commands;
        this.checks = checks;
        this.clock = clock;
        this.cancellation = cancellation;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param life what the target may take in all before it is stopped in any case
     */
    Finding start(Duration life) {
        Optional<Path> directory = repository.directory(declared.start().directory());
        if (directory.isEmpty()) {
            return Finding.errored(Commands.noDirectory(declared.start()));
        }
        if (answersAlready()) {
            return Finding.errored("something answers already, before the target is started: stop that first");
        }
        RunningProcess process = processes.start(
                commands.request(declared.start(), directory.get(), Spans.bounded(life), declared.grace()));
        running = process;
        return awaitReady(process);
    }

    /** A process left over from before would be checked in the target's place, so even one that is not ready counts. */
    private boolean answersAlready() {
        if (declared.ready() instanceof Check.Http http) {
            Optional<TcpCheck.Address> local = loopback(http.url());
            if (local.isPresent()) {
                return TcpCheck.connect(local.get(), false, http.timeout(), cancellation)
                        .passed();
            }
        }
        return checks.make(declared.ready()).passed();
    }

    private static Optional<TcpCheck.Address> loopback(String url) {
        try {
            URI uri = URI.create(url);
            String host = uri.getHost() == null ? "" : uri.getHost();
            boolean local = host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
            int standard = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
            int port = uri.getPort() < 0 ? standard : uri.getPort();
            return local ? TcpCheck.Address.parse(host + ":" + port) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Finding awaitReady(RunningProcess process) {
        long begun = clock.getAsLong();
        Duration startup = Spans.bounded(declared.startup());
        while (!cancellation.isCancelled()) {
            Optional<ProcessOutcome> ended = process.outcome();
            if (ended.isPresent()) {
                return ended(ended.get(), "before it was ready");
            }
            Duration left = startup.minusNanos(clock.getAsLong() - begun);
            if (left.isNegative() || left.isZero()) {
                return Finding.failed("not ready within " + Spans.words(startup));
            }
            if (checks.make(declared.ready(), left).passed()) {
                return process.outcome()
                        .map(outcome -> ended(outcome, "before it was ready"))
                        .orElse(Finding.PASSED);
            }
            Pause.of(Spans.shorter(declared.interval(), left), cancellation);
        }
        return Finding.INTERRUPTED;
    }

    private Finding ended(ProcessOutcome outcome, String when) {
        return switch (outcome) {
            case ProcessOutcome.Exited exited ->
                Finding.failed("the target ended with exit code " + exited.code() + " " + when);
            case ProcessOutcome.TimedOut timedOut ->
                Finding.errored("the target was stopped at its time limit of " + Spans.words(timedOut.limit()));
            case ProcessOutcome.Cancelled cancelled -> Finding.INTERRUPTED;
            case ProcessOutcome.Unstopped unstopped -> Commands.UNSTOPPED;
            case ProcessOutcome.NotStarted notStarted ->
                Finding.errored(Commands.words(declared.start(), notStarted.reason()));
        };
    }

    /** Stops it with all its children; that it had ended by itself during the checks is a failure. */
    Finding stop() {
        RunningProcess process = running;
        if (process == null) {
            return Finding.PASSED;
        }
        Optional<ProcessOutcome> early = process.outcome();
        Finding finding = early.map(outcome -> ended(outcome, "during the checks"))
                .or(() -> declared.stop().map(stop -> ask(stop, process)))
                .orElse(Finding.PASSED);
        end(process);
        return process.outcome().orElseThrow() instanceof ProcessOutcome.Unstopped ? Commands.UNSTOPPED : finding;
    }

    private Finding ask(DeclaredCommand stop, RunningProcess process) {
        Finding asked = commands.run(stop, stop.timeout(), 0);
        long begun = clock.getAsLong();
        Duration grace = Spans.bounded(declared.grace());
        while (process.outcome().isEmpty()
                && !cancellation.isCancelled()
                && clock.getAsLong() - begun < grace.toNanos()) {
            Pause.of(LOOK, cancellation);
        }
        return asked.reason()
                .map(reason -> new Finding(asked.verdict(), Optional.of("stop command: " + reason)))
                .orElse(asked);
    }

    private void end(RunningProcess process) {
        running = null;
        Duration haste = Spans.shorter(declared.grace(), HASTE);
        // The interruption may come during the stop; whoever interrupts is not to wait for it.
        Cancellation.Registration registration = cancellation.onCancel(
                () -> Thread.ofPlatform().daemon().name("railiance-stop").start(() -> process.stop(haste)));
        try {
            process.stop();
        } finally {
            registration.close();
        }
    }

    /** Stops it if it still runs, in haste when the validation was interrupted. */
    @Override
    public void close() {
        RunningProcess process = running;
        if (process != null) {
            end(process);
        }
    }
}
