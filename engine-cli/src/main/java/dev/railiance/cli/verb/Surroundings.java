package dev.railiance.cli.verb;

import dev.railiance.cli.output.Terminal;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command finds around it.
 *
 * @param directory where it was called, absolute
 * @param environment of this process
 * @param out takes the answer
 * @param err takes everything else
 * @param terminal what is known about both
 */
public record Surroundings(
        Path directory, Map<String, String> environment, OutputStream out, OutputStream err, Terminal terminal) {

    /** Never shows the environment. */
    @Override
    public String toString() {
        return "Surroundings[" + directory + "]";
    }
}
