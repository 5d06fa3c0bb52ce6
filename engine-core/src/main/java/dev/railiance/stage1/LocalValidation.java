package dev.railiance.stage1;

import dev.railiance.contract.Check;
import dev.railiance.contract.DeclaredTarget;
import dev.railiance.contract.Stage1;
import dev.railiance.effect.ChartRenderer;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.Processes;
import dev.railiance.promotion.EvidenceFile;
import dev.railiance.promotion.Step;
import dev.railiance.promotion.ValidationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Runs Stage 1 of a repository: prerequisites, commands, target, checks, evidence. A step that a later one stands on and
 * that does not pass ends the stage; the checks are all made. One instance may validate several repositories at once.
 */
public final class LocalValidation {

    /** Beyond what a target's start and its checks may take by their own limits. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final Processes processes;
    private final Optional<ChartRenderer> renderer;
    private final Map<String, String> environment;
    private final LongSupplier clock;

    /**
     * Creates a validation.
     *
     * @param renderer for checks that render a chart; without one those are skipped where optional, else errored
     * @param environment of this process; what commands see of it is what the contract lets through
     * @param clock monotonic, in nanoseconds, as {@link System#nanoTime()}
     */
    public LocalValidation(
            Processes processes,
            Optional<ChartRenderer> renderer,
            Map<String, String> environment,
            LongSupplier clock) {
        this.processes = processes;
        this.renderer = renderer;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    /**
     * Validates. Never throws for anything that a contract, a repository or a machine can cause: that is in the report.
     * Whatever was started is stopped when this returns.
     *
     * @param cancellation ends it within about a second; the step that ran is then errored, later ones are absent
     * @param commandOutput receives what commands, target and tools print, none of which is in the report
     */
    public ValidationReport validate(
            Path repository,
            Stage1 stage1,
            Cancellation cancellation,
            ValidationListener listener,
            OutputSink commandOutput) {
        StepLog log = new StepLog(plan(stage1), listener, clock, cancellation);
        Repository root;
        try {
            root = new Repository(repository.toRealPath());
        } catch (IOException e) {
            log.take(() -> Finding.errored("the repository is not there"));
            return log.report(List.of(), Map.of());
        }
        return new Run(root, stage1, cancellation, commandOutput, log).run();
    }

    private static List<StepLog.Planned> plan(Stage1 stage1) {
        List<StepLog.Planned> plan = new ArrayList<>();
        plan.add(new StepLog.Planned("prerequisites", Step.Kind.PREREQUISITE));
        stage1.commands().forEach(command -> plan.add(new StepLog.Planned(command.name(), Step.Kind.COMMAND)));
        boolean target = stage1.target().isPresent();
        if (target) {
            plan.add(new StepLog.Planned("start target", Step.Kind.TARGET));
        }
        stage1.checks().forEach(check -> plan.add(new StepLog.Planned(check.name(), Step.Kind.CHECK)));
        if (target) {
            plan.add(new StepLog.Planned("stop target", Step.Kind.TARGET));
        }
        if (!stage1.evidence().isEmpty()) {
            plan.add(new StepLog.Planned("evidence", Step.Kind.EVIDENCE));
        }
        return plan;
    }

    /** One validation under way. */
    private final class Run {

        private final Repository repository;
        private final Stage1 stage1;
        private final Cancellation cancellation;
        private final StepLog log;
        private final Programs programs = new Programs(environment.getOrDefault("PATH", ""));
        private final Commands commands;
        private final Checks checks;
        private final Map<String, String> tools = new TreeMap<>();
        private final List<EvidenceFile> evidence = new ArrayList<>();

        Run(Repository repository, Stage1 stage1, Cancellation cancellation, OutputSink output, StepLog log) {
            this.repository = repository;
            this.stage1 = stage1;
            this.cancellation = cancellation;
            this.log = log;
            this.commands = new Commands(processes, repository, environment, cancellation, output);
            this.checks = new Checks(repository, commands, programs, renderer, clock, cancellation, output);
        }

        ValidationReport run() {
            Prerequisites prerequisites = new Prerequisites(repository, programs, renderer);
            boolean goesOn = log.take(() -> prerequisites.find(stage1, tools, cancellation))
                    && stage1.commands().stream()
                            .allMatch(command -> log.take(() -> commands.run(command, command.timeout(), 0)))
                    && stage1.target().map(this::checkAt).orElseGet(this::check);
            if (goesOn && !stage1.evidence().isEmpty()) {
                log.take(this::collect);
            }
            return log.report(evidence, tools);
        }

        /** Makes the checks while the target runs; whether the stage goes on. */
        private boolean checkAt(DeclaredTarget declared) {
            try (LocalTarget target =
                    new LocalTarget(declared, processes, repository, commands, checks, clock, cancellation)) {
                if (!log.take(() -> target.start(life(declared))) || !check()) {
                    return false;
                }
                log.take(target::stop);
                return !cancellation.isCancelled();
            }
        }

        /** Makes all the checks; whether the stage goes on, which only an interruption prevents. */
        private boolean check() {
            for (Check check : stage1.checks()) {
                log.take(() -> checks.make(check));
                if (cancellation.isCancelled()) {
                    return false;
                }
            }
            return true;
        }

        private Duration life(DeclaredTarget target) {
            Duration life = Spans.bounded(target.startup()).plus(SLACK);
            for (Check check : stage1.checks()) {
                life = life.plus(Spans.bounded(check.timeout()));
            }
            return life;
        }

        private Finding collect() {
            Evidence.Collected collected =
                    new Evidence(repository, Evidence.Limits.STANDARD, cancellation).collect(stage1.evidence());
            evidence.addAll(collected.files());
            return collected.finding();
        }
    }
}
