package dev.railiance.helm;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code helm dependency list}: what a chart depends on, and whether each is there in {@code charts/}. Uses no network. */
public record HelmDependencies(Path chart) implements HelmOperation<List<HelmDependencies.Dependency>> {

    /**
     * A dependency.
     *
     * @param state Helm's word: {@code ok}, {@code unpacked}, {@code missing}, {@code wrong version}, ...
     */
    public record Dependency(String name, String version, String repository, String state) {

        /** Whether the chart renders with it. */
        public boolean isThere() {
            return state.equals("ok") || state.equals("unpacked");
        }
    }

    @Override
    public String name() {
        return "helm dependency list";
    }

    @Override
    public List<String> arguments() {
        return List.of("dependency", "list", chart.toString(), "--max-col-width=1000");
    }

    @Override
    public Duration timeLimit() {
        return HelmStatus.LIMIT;
    }

    /** A table with tabs between its columns; a chart without dependencies has none, and a warning on the error stream. */
    @Override
    public Answer<List<Dependency>> read(Captured stdout) {
        List<String> lines =
                stdout.text().lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty()) {
            return Answer.done(List.of());
        }
        if (!lines.getFirst().startsWith("NAME")) {
            return unreadable("printed no table of dependencies");
        }
        List<Dependency> all = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] columns = line.split("\t", -1);
            if (line.startsWith("WARNING:")) {
                continue;
            }
            if (columns.length < 4) {
                return unreadable("printed a table of another form");
            }
            all.add(new Dependency(columns[0].strip(), columns[1].strip(), columns[2].strip(), columns[3].strip()));
        }
        return Answer.done(List.copyOf(all));
    }
}
