package dev.railiance.cli;

import dev.railiance.cli.output.Format;
import dev.railiance.cli.output.JsonLines;
import dev.railiance.cli.output.Reply;
import dev.railiance.cli.output.Terminal;
import dev.railiance.cli.verb.Surroundings;
import dev.railiance.cli.verb.Version;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;

/** The command. Knows the process that it runs in, and nothing else does: streams, exit code, what the launcher found out. */
public final class Railiance {

    private Railiance() {}

    /** Does what the command line says and ends the process with the exit code that belongs to it. */
    public static void main(String[] words) {
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        boolean seen = Boolean.getBoolean("railiance.stdout.tty");
        String only = words.length == 1 ? words[0] : "";
        // Asked by scripts, often, and ready before anything else is loaded.
        if (only.equals("--version") || only.equals("version")) {
            boolean text = seen || only.equals("--version");
            Reply reply = new Reply(out, new FileOutputStream(FileDescriptor.err), Terminal.NONE, Format.TEXT);
            System.exit(reply.text(0, text ? Version.text() : JsonLines.indented(Version.json())));
        }
        Map<String, String> environment = System.getenv();
        var terminal = Terminal.of(
                seen,
                Boolean.getBoolean("railiance.stderr.tty"),
                System.getProperty("railiance.columns", ""),
                environment);
        var surroundings = new Surroundings(
                Path.of("").toAbsolutePath(), environment, out, new FileOutputStream(FileDescriptor.err), terminal);
        System.exit(Invocation.carryOut(words, surroundings));
    }
}
