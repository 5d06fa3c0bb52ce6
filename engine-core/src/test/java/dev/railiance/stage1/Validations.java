package dev.railiance.stage1;

import dev.railiance.contract.Check;
import dev.railiance.contract.DeclaredCommand;
import dev.railiance.contract.DeclaredTarget;
import dev.railiance.contract.Stage1;
import dev.railiance.effect.ChartRenderer;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessTrees;
import dev.railiance.promotion.Step;
import dev.railiance.promotion.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stages to validate, validated with real processes. */
final class Validations implements AutoCloseable {

    static final Duration MINUTE = Duration.ofMinutes(1);

    final Path repository;
    final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/local/bin:/usr/bin:/bin"));
    final Cancellation cancellation = new Cancellation();
    Optional<ChartRenderer> renderer = Optional.empty();
    OutputSink output = OutputSink.NONE;
    ValidationListener listener = ValidationListener.NONE;
    private final ProcessTrees processes = ProcessTrees.open();

    Validations(Path repository) {
        this.repository = repository;
    }

    ValidationReport validate(Stage1 stage1) {
        return new LocalValidation(processes, renderer, environment, System::nanoTime)
                .validate(repository, stage1, cancellation, listener, output);
    }

    ValidationReport commands(DeclaredCommand... commands) {
        return validate(new Stage1(List.of(commands), Optional.empty(), List.of(), List.of()));
    }

    /** What came of a single check. */
    Step check(Check check) {
        ValidationReport report = validate(new Stage1(List.of(), Optional.empty(), List.of(check), List.of()));
        return report.steps().getLast();
    }

    ValidationReport evidence(String... globs) {
        return validate(new Stage1(List.of(), Optional.empty(), List.of(), List.of(globs)));
    }

    ValidationReport target(DeclaredTarget target, Check... checks) {
        return validate(new Stage1(List.of(), Optional.of(target), List.of(checks), List.of()));
    }

    static DeclaredCommand command(String... argv) {
        return new DeclaredCommand(argv[0], List.of(argv), ".", MINUTE, List.of());
    }

    static DeclaredCommand shell(String script) {
        return new DeclaredCommand("script", List.of("sh", "-c", script), ".", MINUTE, List.of());
    }

    static DeclaredCommand within(DeclaredCommand command, Duration limit) {
        return new DeclaredCommand(command.name(), command.argv(), command.directory(), limit, command.environment());
    }

    static DeclaredTarget target(DeclaredCommand start, Check ready, Duration startup) {
        return new DeclaredTarget(
                start, ready, startup, Duration.ofMillis(20), Optional.empty(), Duration.ofSeconds(1));
    }

    static Check.Http http(String url) {
        return new Check.Http(
                "http", Duration.ofSeconds(5), false, url, "GET", 200, Optional.empty(), Optional.empty());
    }

    static Check.Tcp tcp(int port) {
        return new Check.Tcp("tcp", Duration.ofSeconds(5), false, "127.0.0.1:" + port);
    }

    static Check.File file(String path) {
        return new Check.File("file", Duration.ofSeconds(5), false, path, 0);
    }

    /** A port that nobody listens on. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path write(String path, String content) {
        try {
            Path file = repository.resolve(path);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The steps as {@code name VERDICT}. */
    static List<String> told(ValidationReport report) {
        return report.steps().stream()
                .map(step -> step.name() + " " + step.verdict())
                .toList();
    }

    static String reason(Step step) {
        return step.reason().orElse("");
    }

    static String lastReason(ValidationReport report) {
        return reason(report.steps().getLast());
    }

    /** Whether the process runs that wrote its number into the file; one that only waits to be reaped does not. */
    boolean lives(String pidFile) throws IOException {
        long pid = Long.parseLong(Files.readString(repository.resolve(pidFile)).strip());
        if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            return false;
        }
        Path commandLine = Path.of("/proc/" + pid + "/cmdline");
        try {
            return !Files.exists(commandLine) || Files.readAllBytes(commandLine).length > 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        processes.close();
    }
}
