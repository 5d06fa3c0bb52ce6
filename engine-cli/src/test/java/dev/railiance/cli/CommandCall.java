package dev.railiance.cli;

import dev.railiance.cli.output.Terminal;
import dev.railiance.cli.verb.Surroundings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A command line, carried out in this process, and what came of it. */
record CommandCall(int exitCode, String out, String err) {

    static final Terminal SEEN = new Terminal(true, false, 80, false, false, false);

    static CommandCall in(Path directory, Terminal terminal, Map<String, String> environment, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exitCode = Invocation.carryOut(words, new Surroundings(directory, environment, out, err, terminal));
        return new CommandCall(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static CommandCall in(Path directory, String... words) {
        return in(directory, Terminal.NONE, Map.of(), words);
    }
}
