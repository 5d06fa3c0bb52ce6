package dev.railiance.stage1;

import dev.railiance.contract.Check;
import dev.railiance.effect.ChartRenderer;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Makes checks of any sort. */
final class Checks {

    private final Repository repository;
    private final Commands commands;
    private final Programs programs;
    private final Optional<ChartRenderer> renderer;
    private final LongSupplier clock;
    private final Cancellation cancellation;
    private final OutputSink output;

    Checks(
            Repository repository,
            Commands commands,
            Programs programs,
            Optional<ChartRenderer> renderer,
            LongSupplier clock,
            Cancellation cancellation,
            OutputSink output) {
        this.repository = repository;
        this.commands = commands;
        this.programs = programs;
        this.renderer = renderer;
        this.clock = clock;
        this.cancellation = cancellation;
        this.output = output;
    }

    /** Makes a check within its own time limit. */
    Finding make(Check check) {
        return make(check, check.timeout());
    }

    /** Makes a check within its own time limit or a shorter one. */
    Finding make(Check check, Duration atMost) {
        Duration limit = Spans.bounded(Spans.shorter(check.timeout(), atMost));
        return switch (check) {
            case Check.Http http -> HttpCheck.make(http, limit, clock, cancellation);
            case Check.Tcp tcp -> TcpCheck.make(tcp, limit, cancellation);
            case Check.File file -> FileCheck.make(file, repository);
            case Check.Command command -> command(command, limit);
            case Check.HelmRender chart -> ChartCheck.make(chart, renderer, repository, limit, cancellation, output);
        };
    }

    private Finding command(Check.Command check, Duration limit) {
        String program = check.command().argv().getFirst();
        boolean missing = repository
                .directory(check.command().directory())
                .map(directory -> !programs.startable(program, directory))
                .orElse(false);
        return missing
                ? Finding.missing(check.optional(), "program \"" + program + "\" was not found or may not be executed")
                : commands.run(check.command(), limit, check.exitCode());
    }
}
