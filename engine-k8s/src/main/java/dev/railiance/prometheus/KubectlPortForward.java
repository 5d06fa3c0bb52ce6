package dev.railiance.prometheus;

import dev.railiance.effect.ServiceForward;
import dev.railiance.process.AllowedEnvironment;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessRequest;
import dev.railiance.process.Processes;
import dev.railiance.process.RunningProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Forwards a port of this machine with {@code kubectl port-forward}; it dies with the engine. */
public final class KubectlPortForward implements ServiceForward {

    private static final Duration GRACE = Duration.ofMillis(500);
    private static final long POLL_MILLIS = 20;

    private final Processes processes;
    private final Map<String, String> environment;
    private final Path directory;
    private final Optional<String> context;

    /**
     * Nothing is run yet.
     *
     * @param environment of this process; kubectl sees PATH, HOME, the locale and KUBECONFIG of it
     * @param directory an absolute path to work in
     * @param context of the kubeconfig, or its current one
     */
    public KubectlPortForward(
            Processes processes, Map<String, String> environment, Path directory, Optional<String> context) {
        this.processes = processes;
        this.environment = AllowedEnvironment.of(environment, List.of("KUBECONFIG"));
        this.directory = directory;
        this.context = context;
    }

    @Override
    public Opening open(Service service, Duration opening, Duration lifetime, Cancellation cancellation) {
        ForwardedPort forwarded = new ForwardedPort();
        RunningProcess process = processes.start(
                new ProcessRequest(argv(service), directory, environment, lifetime, GRACE, 0, forwarded));
        boolean handedOver = false;
        try {
            long end = System.nanoTime() + opening.toNanos();
            while (forwarded.port().isEmpty()) {
                if (cancellation.isCancelled()) {
                    return new Opening.Cancelled();
                }
                if (process.outcome().isPresent()) {
                    return new Opening.Failed();
                }
                if (System.nanoTime() - end >= 0) {
                    return new Opening.TimedOut(opening);
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            handedOver = true;
            return new Opening.Opened(new Forwarding(process, forwarded.port().getAsInt()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Opening.Cancelled();
        } finally {
            if (!handedOver) {
                process.close();
            }
        }
    }

    private List<String> argv(Service service) {
        List<String> argv = new ArrayList<>(List.of("kubectl"));
        context.ifPresent(name -> argv.add("--context=" + name));
        argv.addAll(List.of(
                "--namespace=" + service.namespace(),
                "port-forward",
                "--address=127.0.0.1",
                "service/" + service.name(),
                ":" + service.port()));
        return argv;
    }

    private record Forwarding(RunningProcess process, int port) implements Way {

        @Override
        public boolean open() {
            return process.outcome().isEmpty();
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /** Finds in what kubectl prints the port that it chose. */
    static final class ForwardedPort implements OutputSink {

        private static final Pattern LINE = Pattern.compile("(?m)^Forwarding from 127\\.0\\.0\\.1:(\\d{1,5}) ->");

        private static final int ENOUGH = 4096;

        private final StringBuilder printed = new StringBuilder();

        @Override
        public synchronized void write(Stream stream, byte[] bytes, int length) {
            if (stream == Stream.STDOUT && printed.length() < ENOUGH) {
                printed.append(new String(bytes, 0, length, StandardCharsets.US_ASCII));
            }
        }

        synchronized OptionalInt port() {
            Matcher line = LINE.matcher(printed);
            return line.find() ? OptionalInt.of(Integer.parseInt(line.group(1))) : OptionalInt.empty();
        }
    }
}
