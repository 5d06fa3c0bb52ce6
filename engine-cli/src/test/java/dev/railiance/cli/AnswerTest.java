package dev.railiance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.cli.output.Terminal;
import dev.railiance.cli.verb.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerTest {

    @TempDir
    Path parent;

    @Test
    void aReaderThatHasGoneChangesNothing() {
        var err = new ByteArrayOutputStream();
        assertEquals(0, written("Broken pipe", err));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aFullDiskIsAnErrorWithoutATrace() {
        var err = new ByteArrayOutputStream();
        assertEquals(2, written("No space left on device", err));
        assertEquals(
                "railiance: the answer could not be written: No space left on device\n",
                err.toString(StandardCharsets.UTF_8));
    }

    private static int written(String fault, OutputStream err) {
        var out = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(fault);
            }
        };
        return Invocation.carryOut(
                new String[] {"help"}, new Surroundings(Path.of("/"), Map.of(), out, err, Terminal.NONE));
    }

    @Test
    void theLedgerComesFromTheEnvironmentAndTheOptionOutweighsIt() throws IOException {
        Path repository = SampleRepository.running(parent, "true");
        var environment = Map.of("RAILIANCE_LEDGER", parent.resolve("elsewhere").toString());
        assertEquals(
                0,
                CommandCall.in(repository, Terminal.NONE, environment, "run", "-q")
                        .exitCode());
        assertTrue(Files.exists(parent.resolve("elsewhere")));
        assertFalse(Files.exists(repository.resolve(".railiance")));
        assertEquals(
                4,
                CommandCall.in(repository, Terminal.NONE, environment, "status", "--ledger", "another")
                        .exitCode());
        assertEquals(
                0,
                CommandCall.in(repository, "status", "--ledger=jdbc:h2:file:../elsewhere")
                        .exitCode());
    }

    @Test
    void whatIsToBeDoneNextIsAboutTheLedgerOfTheCommandLine() throws IOException {
        Path repository = SampleRepository.running(parent, "true");
        String ledger = "jdbc:h2:file:../elsewhere";
        CommandCall.in(repository, "run", "-q", "--ledger", ledger);

        for (String words : List.of("status", "history", "status ffff", "status --all --ledger jdbc:h2:file:empty")) {
            String[] all = (words.contains("--ledger") ? words : words + " --ledger " + ledger).split(" ");
            CommandCall call = CommandCall.in(repository, CommandCall.SEEN, Map.of(), all);
            String said = call.out() + call.err();
            assertTrue(said.contains("--ledger " + all[all.length - 1]), said);
        }
    }

    @Test
    void whatIsWrongWithASharedLedgerIsSaidWithoutQuotingIt() throws IOException {
        Path repository = SampleRepository.running(parent, "true");
        for (String url : List.of(
                "jdbc:postgresql://host-1/d?password=s3cr3t",
                "jdbc:postgresql://ada:s3cr3t@host-1/d",
                "jdbc:postgresql://localhost:1/host-1?connectTimeout=1")) {
            var environment = Map.of(
                    "RAILIANCE_LEDGER", url, "RAILIANCE_LEDGER_USER", "ada", "RAILIANCE_LEDGER_PASSWORD", "s3cr3t");
            var call = CommandCall.in(repository, Terminal.NONE, environment, "status");
            assertEquals(url.contains("s3cr3t") ? 2 : 8, call.exitCode());
            assertFalse((call.out() + call.err()).matches("(?s).*(s3cr3t|ada|host-1).*"), call.out() + call.err());
        }
    }

    @Test
    void theRepositoryIsFoundFromADirectoryInIt() throws IOException {
        Path repository = SampleRepository.running(parent, "true");
        Path below = Files.createDirectories(repository.resolve("src/main"));
        assertEquals(0, CommandCall.in(below, "validate").exitCode());
    }

    @Test
    void theResultFileIsReplacedAsAWholeAndNothingIsLeftBesideIt() throws IOException {
        Path repository = SampleRepository.running(parent, "true");
        Path results = Files.createDirectory(parent.resolve("results"));
        Path file = Files.writeString(results.resolve("run.json"), "old");
        CommandCall call = CommandCall.in(repository, "run", "-q", "--result", file.toString());
        assertEquals(call.out(), Files.readString(file));
        try (Stream<Path> all = Files.list(results)) {
            assertEquals(1, all.count());
        }
    }

    @Test
    void aResultThatCannotBeWrittenIsFoundBeforeAnythingRuns() throws IOException {
        Path repository = SampleRepository.running(parent, "touch", "ran");
        CommandCall call = CommandCall.in(repository, "run", "-q", "--result", parent.toString());
        assertEquals(2, call.exitCode());
        assertTrue(call.out().contains("OUTPUT_UNWRITABLE"), call.out());
        assertFalse(Files.exists(repository.resolve("ran")));
    }

    @Test
    void controlCharactersOfTheCommandLineAreNotObeyed() {
        CommandCall call = CommandCall.in(parent, CommandCall.SEEN, Map.of(), "\u001b[31mrun");
        assertEquals(2, call.exitCode());
        assertFalse(call.err().contains("\u001b"), call.err());
    }
}
