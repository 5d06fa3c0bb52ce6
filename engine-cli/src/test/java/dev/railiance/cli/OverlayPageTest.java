package dev.railiance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the page on overlays, one after the other in one directory, work as they are printed. */
class OverlayPageTest {

    private static final Path PAGE = Path.of("../docs/overlay-repo-pattern.md");

    @TempDir
    Path directory;

    @Test
    void everyCommandOfThePageSucceeds() throws IOException, InterruptedException {
        List<String> commands = commands();
        assertTrue(commands.size() >= 7, commands::toString);
        for (String command : commands) {
            List<String> words = List.of(command.split(" ", -1));
            if (words.getFirst().equals("railiance")) {
                var call =
                        CommandCall.in(directory, words.subList(1, words.size()).toArray(String[]::new));
                assertEquals(0, call.exitCode(), () -> command + "\n" + call.out() + call.err());
            } else {
                assertEquals("0", outside(words), command);
            }
        }
        String upstream = Files.readString(directory.resolve("forgejo/railiance/upstream.toml"));
        assertTrue(upstream.contains("revision = \"v11.0.2\""), upstream);
    }

    /** What follows a prompt in the page's console blocks. */
    private static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(PAGE)) {
            inside = line.startsWith("```") ? line.equals("```console") : inside;
            if (inside && line.startsWith("$ ")) {
                commands.add(line.substring(2));
            }
        }
        return commands;
    }

    /** The exit code of a program, and what it printed where that is not 0; as at home, without CI set. */
    private String outside(List<String> words) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        var builder = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().remove("CI");
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return "not ended within 60 s";
        }
        return process.exitValue() == 0 ? "0" : process.exitValue() + "\n" + Files.readString(output);
    }
}
