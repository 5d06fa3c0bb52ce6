package dev.railiance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.cli.output.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the page on approvals, one after the other in one directory, work as they are printed. */
class ApprovalPageTest {

    private static final Path PAGE = Path.of("../docs/approvals.md");

    @TempDir
    Path directory;

    @Test
    void everyCommandOfThePageSucceeds() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                List.of(System.getenv("PATH").split(":")).stream()
                        .anyMatch(part -> Files.isExecutable(Path.of(part, "ssh-keygen"))),
                "ssh-keygen is not installed here");
        Path repository = SampleRepository.with(directory, """
                schema = "railiance.app.v1"

                [app]
                name = "shop"

                [owner]
                team = "web"

                [stage1]
                commands = [{ name = "build", argv = ["true"] }]

                """ + block("toml").collect(Collectors.joining("\n")));
        Files.writeString(repository.resolve("railiance/allowed_signers"), "# who may approve\n");
        List<String> commands = block("console")
                .filter(line -> line.startsWith("$ "))
                .map(line -> line.substring(2))
                .toList();
        assertTrue(commands.size() >= 11, commands::toString);
        List<String> approved = new ArrayList<>();
        for (String command : commands) {
            List<String> words = words(command);
            if (words.getFirst().equals("sh") && words.getLast().startsWith("railiance ")) {
                String[] halves = words.getLast().split(" > ", -1);
                CommandCall call = railiance(words(halves[0]));
                assertEquals(0, call.exitCode(), () -> command + "\n" + call.out() + call.err());
                Files.writeString(directory.resolve(halves[1]), call.out());
            } else if (words.getFirst().equals("railiance")) {
                CommandCall call = railiance(words);
                assertEquals(0, call.exitCode(), () -> command + "\n" + call.out() + call.err());
                approved.add(call.out());
            } else {
                assertEquals("0", outside(words), command);
            }
        }
        String last = approved.getLast();
        assertTrue(last.contains("\"outcome\": \"withdrawn\"") && last.contains("alice@example.org"), last);
        String trail = CommandCall.in(repository, "audit", "trail").out();
        assertTrue(trail.contains("approval.granted.v3") && trail.contains("approval.withdrawn.v2"), trail);
    }

    private CommandCall railiance(List<String> words) {
        return CommandCall.in(
                directory,
                Terminal.NONE,
                Map.of(),
                words.subList(1, words.size()).toArray(String[]::new));
    }

    /** As a shell splits them, with both kinds of quotes. */
    private static List<String> words(String command) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        char quote = ' ';
        for (char c : (command + " ").toCharArray()) {
            if (quote == ' ' && c == ' ') {
                words.add(word.toString());
                word.setLength(0);
            } else if (quote == ' ' && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = ' ';
            } else {
                word.append(c);
            }
        }
        return words;
    }

    /** The lines of the page's blocks in a language. */
    private static Stream<String> block(String language) throws IOException {
        var lines = new ArrayList<String>();
        boolean inside = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("```")) {
                inside = line.equals("```" + language);
            } else if (inside) {
                lines.add(line);
            }
        }
        return lines.stream();
    }

    private String outside(List<String> words) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return "not ended within 60 s";
        }
        return process.exitValue() == 0 ? "0" : process.exitValue() + "\n" + Files.readString(output);
    }
}
