package dev.railiance.kubectl;

import dev.railiance.effect.ServiceForward;
import dev.railiance.process.Cancellation;
import dev.railiance.process.Captured;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessOutcome;
import dev.railiance.process.RunningProcess;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Answer.Cause;
import dev.railiance.tool.Arguments;
import dev.railiance.tool.ClusterNamespace;
import dev.railiance.tool.Tool;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code kubectl port-forward}: a way from a free port of this machine, on 127.0.0.1 only, to a port in the cluster.
 *
 * @param target kind and name, for instance {@code service/prometheus}
 * @param port of the target
 * @param timeLimit after which the way closes by itself
 */
public record PortForward(ClusterNamespace namespace, String target, int port, Duration timeLimit)
        implements KubectlOperation<PortForward.Ended> {

    private static final Pattern OPENED = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:([0-9]{1,5}) -> ");

    /** How much of the output may come before the port is told. */
    private static final int FIRST_WORDS = 4096;

    private static final long LOOK_MILLIS = 20;

    /** It ended by itself, which happens only when the way broke. */
    public record Ended() {}

    public PortForward {
        if (!target.matches("[a-z]{1,30}/.+") || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a kind and name with a port");
        }
        Arguments.requireName(target.substring(target.indexOf('/') + 1));
    }

    /** An open way; it lasts until it is closed, breaks, or its time is over. */
    public static final class Way implements ServiceForward.Way {
        private final int port;
        private final RunningProcess process;

        private Way(int port, RunningProcess process) {
            this.port = port;
            this.process = process;
        }

        /** The port on 127.0.0.1. */
        @Override
        public int port() {
            return port;
        }

        /** Whether it has not ended. A way whose pod has gone is open until something goes through it. */
        @Override
        public boolean isOpen() {
            return process.outcome().isEmpty();
        }

        @Override
        public void close() {
            process.stop();
        }
    }

    /**
     * Opens the way and waits until it can be used.
     *
     * @param patience for how long at most
     */
    public Answer<Way> open(Kubectl kubectl, Duration patience, Cancellation cancellation) {
        CompletableFuture<Integer> opened = new CompletableFuture<>();
        RunningProcess process = kubectl.tool().start(this, listener(opened));
        Answer<Way> answer = Answer.notDone(Cause.INTERRUPTED, name() + " was interrupted");
        boolean open = false;
        try {
            answer = await(process, opened, patience, cancellation);
            open = answer instanceof Answer.Done<Way>;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!open) {
                process.stop();
            }
        }
        return answer;
    }

    private Answer<Way> await(
            RunningProcess process, CompletableFuture<Integer> opened, Duration patience, Cancellation cancellation)
            throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < patience.toNanos()) {
            Optional<ProcessOutcome> outcome = process.outcome();
            if (outcome.isPresent()) {
                return Tool.answer(this, outcome.get())
                        .then(ended -> Answer.notDone(Cause.REFUSED, name() + " ended at once"));
            }
            if (cancellation.isCancelled()) {
                return Answer.notDone(Cause.INTERRUPTED, name() + " was interrupted");
            }
            Optional<Integer> told = listen(opened);
            if (told.isPresent()) {
                return Answer.done(new Way(told.get(), process));
            }
        }
        return Answer.notDone(Cause.TIMED_OUT, name() + " opened no port within " + patience.toMillis() + " ms");
    }

    private static Optional<Integer> listen(CompletableFuture<Integer> opened) throws InterruptedException {
        try {
            return Optional.of(opened.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the port is only ever told", e);
        }
    }

    private static OutputSink listener(CompletableFuture<Integer> opened) {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        return (stream, bytes, length) -> {
            if (stream == OutputSink.Stream.STDOUT && !opened.isDone() && words.size() < FIRST_WORDS) {
                words.write(bytes, 0, Math.min(length, FIRST_WORDS));
                port(words.toString(StandardCharsets.UTF_8)).ifPresent(opened::complete);
            }
        };
    }

    static OptionalInt port(String words) {
        Matcher matcher = OPENED.matcher(words);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    @Override
    public String name() {
        return "kubectl port-forward";
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("port-forward", target, ":" + port, "--address=127.0.0.1"));
        // No limit on the request: it is one that lasts as long as the way.
        arguments.add("--namespace=" + namespace.name());
        namespace.context().ifPresent(context -> arguments.add("--context=" + context));
        return List.copyOf(arguments);
    }

    @Override
    public int capture() {
        return FIRST_WORDS;
    }

    @Override
    public boolean partial() {
        return true;
    }

    @Override
    public Answer<Ended> read(Captured stdout) {
        return Answer.done(new Ended());
    }
}
