package dev.railiance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.railiance.contract.schema.SchemaCatalog;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run in a process of its own, which is told to end. */
@Timeout(60)
class InterruptionTest {

    @TempDir
    Path parent;

    @Test
    void sigtermRecordsWhatHappenedAnswersAndEndsWithinTwoSeconds() throws Exception {
        stopped("TERM", 143);
    }

    @Test
    void ctrlCDoesTheSame() throws Exception {
        stopped("INT", 130);
    }

    private void stopped(String signal, int exitCode) throws Exception {
        Path repository = SampleRepository.running(parent, "sh", "-c", "echo at work; sleep 77.125");
        Path out = parent.resolve("out.json");
        // A shell that starts a build in the background has it ignore Ctrl-C, which children inherit; a JVM then does
        // too.
        Process run = new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Railiance.class.getName(),
                        "run",
                        "--result",
                        parent.resolve("result.json").toString())
                .directory(repository.toFile())
                .redirectOutput(out.toFile())
                .start();
        var err = new BufferedReader(new InputStreamReader(run.getErrorStream(), StandardCharsets.UTF_8));
        String line = err.readLine();
        while (line != null && !line.contains("at work")) {
            line = err.readLine();
        }
        assertNotNull(line, "the command is at work");

        long begun = System.nanoTime();
        new ProcessBuilder("kill", "-" + signal, String.valueOf(run.pid()))
                .start()
                .waitFor();
        assertTrue(run.waitFor(30, TimeUnit.SECONDS));
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);

        assertEquals(exitCode, run.exitValue());
        assertTrue(took < 2_500, "took " + took + " ms, of which 2 s may be the run's own");
        JsonNode document = JsonMapper.builder().build().readTree(Files.readString(out));
        assertEquals("errored", document.path("outcome").textValue(), document::toString);
        assertEquals(
                List.of(),
                new SchemaCatalog()
                        .schema("railiance.run-result.v1")
                        .orElseThrow()
                        .violations(document));
        assertEquals(Files.readString(out), Files.readString(parent.resolve("result.json")));
        assertEquals(List.of(), left("sleep 77.125"));
        assertTrue(CommandCall.in(repository, "status").out().contains("\"outcome\": \"errored\""));
    }

    private static List<String> left(String command) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.endsWith(command))
                .toList();
    }
}
