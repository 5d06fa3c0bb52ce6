package dev.railiance.stage1;

import dev.railiance.contract.Check;
import dev.railiance.contract.DeclaredCommand;
import dev.railiance.contract.Stage1;
import dev.railiance.effect.ChartRenderer;
import dev.railiance.effect.ChartRenderer.Availability;
import dev.railiance.process.Cancellation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks, before anything is run, for all that Stage 1 needs; says everything that is missing at once. */
final class Prerequisites {

    static final String NO_RENDERER = "nothing here renders charts";

    private final Repository repository;
    private final Programs programs;
    private final Optional<ChartRenderer> renderer;

    Prerequisites(Repository repository, Programs programs, Optional<ChartRenderer> renderer) {
        this.repository = repository;
        this.programs = programs;
        this.renderer = renderer;
    }

    static String missing(ChartRenderer renderer) {
        return "program \"" + renderer.tool() + "\" was not found; " + renderer.installation();
    }

    /**
     * Looks for everything.
     *
     * @param tools receives the versions of the tools found
     */
    Finding find(Stage1 stage1, Map<String, String> tools, Cancellation cancellation) {
        Set<String> missing = new LinkedHashSet<>();
        List<DeclaredCommand> needed = needed(stage1);
        for (int i = 0; i < needed.size(); i++) {
            // What a path names may be made by a command that comes before; a name on PATH is there now or never.
            boolean mayBeMade = i > 0 && !stage1.commands().isEmpty();
            program(needed.get(i), mayBeMade).ifPresent(missing::add);
        }
        List<Check.HelmRender> charts = Stream.concat(stage1.checks().stream(), ready(stage1))
                .filter(Check.HelmRender.class::isInstance)
                .map(Check.HelmRender.class::cast)
                .toList();
        if (!charts.isEmpty()) {
            boolean required = charts.stream().anyMatch(chart -> !chart.optional());
            renderer(required, tools, cancellation).ifPresent(missing::add);
        }
        return missing.isEmpty() ? Finding.PASSED : Finding.errored(String.join("; ", missing));
    }

    private static List<DeclaredCommand> needed(Stage1 stage1) {
        List<DeclaredCommand> needed = new ArrayList<>(stage1.commands());
        stage1.target().ifPresent(target -> {
            needed.add(target.start());
            target.stop().ifPresent(needed::add);
        });
        Stream.concat(ready(stage1), stage1.checks().stream().filter(check -> !check.optional()))
                .filter(Check.Command.class::isInstance)
                .map(check -> ((Check.Command) check).command())
                .forEach(needed::add);
        return needed;
    }

    private static Stream<Check> ready(Stage1 stage1) {
        return stage1.target().stream().map(target -> target.ready());
    }

    private Optional<String> program(DeclaredCommand command, boolean mayBeMade) {
        Optional<Path> directory = repository.directory(command.directory());
        if (directory.isEmpty() && !mayBeMade) {
            return Optional.of(Commands.noDirectory(command));
        }
        String program = command.argv().getFirst();
        if (Programs.isPath(program) && mayBeMade) {
            return Optional.empty();
        }
        return programs.startable(program, directory.orElse(repository.root()))
                ? Optional.empty()
                : Optional.of("program \"" + program + "\" was not found or may not be executed");
    }

    private Optional<String> renderer(boolean required, Map<String, String> tools, Cancellation cancellation) {
        if (renderer.isEmpty()) {
            return required ? Optional.of(NO_RENDERER) : Optional.empty();
        }
        return switch (renderer.get().availability(cancellation)) {
            case Availability.Available available -> {
                tools.put(renderer.get().tool(), available.version());
                yield Optional.empty();
            }
            case Availability.Missing none -> required ? Optional.of(missing(renderer.get())) : Optional.empty();
            case Availability.Unusable unusable -> Optional.of(unusable.reason());
        };
    }
}
