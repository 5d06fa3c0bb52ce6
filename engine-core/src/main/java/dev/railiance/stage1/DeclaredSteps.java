package dev.railiance.stage1;

import dev.railiance.contract.Check;
import dev.railiance.contract.DeclaredCommand;
import dev.railiance.effect.ChartRenderer;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs commands and makes checks that a contract declares outside Stage 1, as Stage 1 does with its own. */
public final class DeclaredSteps {

    private final Processes processes;
    private final Map<String, String> environment;
    private final Optional<ChartRenderer> renderer;
    private final Cancellation cancellation;

    /**
     * Steps of one piece of work.
     *
     * @param environment of this process; programs get only what the contract lets through
     */
    public DeclaredSteps(
            Processes processes,
            Map<String, String> environment,
            Optional<ChartRenderer> renderer,
            Cancellation cancellation) {
        this.processes = processes;
        this.environment = environment;
        this.renderer = renderer;
        this.cancellation = cancellation;
    }

    /** Runs commands in their order until one does not end with exit code 0; which one, and why. */
    public Optional<String> run(List<DeclaredCommand> commands, Path repository) {
        Optional<Repository> root = root(repository);
        if (root.isEmpty()) {
            return Optional.of("the repository is not there");
        }
        var runner = new Commands(processes, root.get(), environment, cancellation, OutputSink.NONE);
        for (DeclaredCommand command : commands) {
            Finding finding = runner.run(command, command.timeout(), 0);
            if (!finding.passed()) {
                return Optional.of(
                        "command " + command.name() + ": " + finding.reason().orElse("it failed"));
            }
        }
        return Optional.empty();
    }

    /** Makes every check; those that do not hold, and why. */
    public List<String> check(List<Check> declared, Path repository) {
        Optional<Repository> root = root(repository);
        if (root.isEmpty()) {
            return List.of("the repository is not there");
        }
        var checks = new Checks(
                root.get(),
                new Commands(processes, root.get(), environment, cancellation, OutputSink.NONE),
                new Programs(environment.getOrDefault("PATH", "")),
                renderer,
                System::nanoTime,
                cancellation,
                OutputSink.NONE);
        List<String> wrong = new ArrayList<>();
        for (Check check : declared) {
            Finding finding = checks.make(check);
            switch (finding.verdict()) {
                case PASSED, SKIPPED -> {}
                case FAILED, ERRORED ->
                    wrong.add("check " + check.name() + ": " + finding.reason().orElse("it failed"));
            }
        }
        return wrong;
    }

    private static Optional<Repository> root(Path repository) {
        try {
            return Optional.of(new Repository(repository.toRealPath()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
