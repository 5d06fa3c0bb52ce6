package dev.railiance.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.zeroturnaround.exec.MessageLoggers;
import org.zeroturnaround.exec.ProcessExecutor;
import org.zeroturnaround.exec.stop.NopProcessStopper;
import org.zeroturnaround.exec.stream.ExecuteStreamHandler;

/**
 * One process as zt-exec runs it: streams apart, any exit code accepted, no message of its own. It neither merges
 * streams nor times out nor stops anything here; that is for the tree.
 */
final class ZtExecution {

    /** How long the streams may stay open after the process has ended and its tree with it. */
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Process process;
    private final Streams streams;

    private ZtExecution(Process process, Streams streams) {
        this.process = process;
        this.streams = streams;
    }

    /**
     * Starts the process.
     *
     * @param argv the program as {@link ProgramLookup} found it, and its arguments
     * @param environment the whole environment
     * @throws IOException when the operating system refuses; its message quotes the command and is not to be shown
     */
    static ZtExecution start(ProcessRequest request, List<String> argv, Map<String, String> environment)
            throws IOException {
        Streams streams = new Streams(request);
        Process process = new DaemonExecutor(argv)
                .directory(request.directory().toFile())
                .environment(replacing(environment))
                .redirectErrorStream(false)
                .exitValueAny()
                .streams(streams)
                .stopper(NopProcessStopper.INSTANCE)
                .setMessageLogger(MessageLoggers.NOP)
                .start()
                .getProcess();
        return new ZtExecution(process, streams);
    }

    /** zt-exec adds to the inherited environment; a null takes a variable away. */
    private static Map<String, @Nullable String> replacing(Map<String, String> environment) {
        Map<String, @Nullable String> changes = new HashMap<>(environment);
        for (String inherited : System.getenv().keySet()) {
            changes.putIfAbsent(inherited, null);
        }
        return changes;
    }

    Process process() {
        return process;
    }

    /** Relieves readers that a sink has held for too long. */
    void relieve() {
        streams.out().relieve();
        streams.err().relieve();
    }

    /** Completes, in zt-exec's thread, when the process has ended; others of its tree may still run. */
    CompletableFuture<Void> exited() {
        return streams.exited;
    }

    /** Waits until both streams have been read to their ends, or something else keeps them open for too long. */
    void drain() {
        streams.drain();
    }

    Captured stdout() {
        return streams.out().captured();
    }

    Captured stderr() {
        return streams.err().captured();
    }

    /** The thread that waits for the process must not keep the JVM alive. */
    private static final class DaemonExecutor extends ProcessExecutor {

        DaemonExecutor(List<String> argv) {
            super(argv);
        }

        @Override
        protected ExecutorService newExecutor(String processName) {
            return Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("process-wait").factory());
        }
    }

    private static final class Streams implements ExecuteStreamHandler {

        private final ProcessRequest request;
        private final CompletableFuture<Void> exited = new CompletableFuture<>();
        private @Nullable StreamDrain out;
        private @Nullable StreamDrain err;

        Streams(ProcessRequest request) {
            this.request = request;
        }

        StreamDrain out() {
            return present(out);
        }

        StreamDrain err() {
            return present(err);
        }

        private static StreamDrain present(@Nullable StreamDrain drain) {
            if (drain == null) {
                throw new IllegalStateException("the process has not been started");
            }
            return drain;
        }

        /** A process reads an empty input, never the terminal. */
        @Override
        public void setProcessInputStream(OutputStream stream) throws IOException {
            stream.close();
        }

        @Override
        public void setProcessOutputStream(InputStream stream) {
            out = new StreamDrain(OutputSink.Stream.STDOUT, stream, request.capture(), request.output());
        }

        @Override
        public void setProcessErrorStream(InputStream stream) {
            err = new StreamDrain(OutputSink.Stream.STDERR, stream, request.capture(), request.output());
        }

        @Override
        public void start() {
            out().start();
            err().start();
        }

        /** Called by zt-exec when the process has ended and before it closes the streams. */
        @Override
        public void stop() {
            exited.complete(null);
            drain();
        }

        void drain() {
            long deadline = System.nanoTime() + DRAIN_NANOS + StreamDrain.SINK_PATIENCE_NANOS;
            try {
                for (StreamDrain drain : List.of(out(), err())) {
                    while (!drain.awaitEnd(Math.min(deadline, System.nanoTime() + DRAIN_NANOS / 10))
                            && System.nanoTime() < deadline) {
                        drain.relieve();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
