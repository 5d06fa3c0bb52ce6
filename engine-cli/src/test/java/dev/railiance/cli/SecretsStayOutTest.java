package dev.railiance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Puts secrets wherever a run could pick them up, and looks for them wherever it writes. */
class SecretsStayOutTest {

    private static final String ALLOWED = "allowed-" + UUID.randomUUID();
    private static final String FORBIDDEN = "forbidden-" + UUID.randomUUID();
    private static final String PRINTED = "printed-" + UUID.randomUUID();
    private static final String SERVED = "served-" + UUID.randomUUID();
    private static final List<String> SECRETS = List.of(ALLOWED, FORBIDDEN, PRINTED, SERVED);

    @TempDir
    Path repository;

    @TempDir
    Path elsewhere;

    @Test
    void noSecretReachesLedgerResultOrMessageWhateverComesOfTheRun() throws IOException, InterruptedException {
        for (String ending : List.of("exit 0", "exit 3", "exec sleep 60", "kill -9 $$")) {
            writeContract(ending);
            Path result = elsewhere.resolve("result.json");
            List<String> written = new ArrayList<>();
            written.add(railiance("run", "--quiet", "-o", "json", "--result", result.toString()));
            written.add(Files.readString(result));
            written.add(railiance("run", "--quiet", "-o", "text"));
            written.add(railiance("history", "-o", "json"));
            written.add(railiance("history", "-o", "text"));
            written.add(railiance("status", "-o", "yaml"));
            written.forEach(text -> assertTrue(text.length() > 20, "something was written"));
            written.forEach(SecretsStayOutTest::assertClean);
        }
        assertLedgerIsClean();
    }

    @Test
    void theCommandReallySawAndPrintedThem() throws IOException, InterruptedException {
        writeContract("exit 0");

        String streamed = railiance("run", "-o", "json");

        assertTrue(streamed.contains(ALLOWED), "an allowed variable reaches the command");
        assertTrue(streamed.contains(PRINTED), "a command's output is streamed");
        assertFalse(streamed.contains(FORBIDDEN), "a variable that is not allowed does not");
    }

    private void assertLedgerIsClean() throws IOException {
        int files = 0;
        try (Stream<Path> ledger = Files.walk(repository.resolve(".railiance"))) {
            for (Path file : ledger.filter(Files::isRegularFile).toList()) {
                assertClean(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                files++;
            }
        }
        assertTrue(files > 0, "there is a ledger");
    }

    private static void assertClean(String text) {
        SECRETS.forEach(secret -> assertFalse(text.contains(secret), () -> "a secret was written: " + text));
    }

    /** What the command wrote to both streams together. */
    private String railiance(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.railiance.cli.Railiance"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--repo", repository.toString()));
        Path output = Files.createTempFile(elsewhere, "output", null);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("RAILIANCE_TEST_ALLOWED", ALLOWED);
        builder.environment().put("RAILIANCE_TEST_FORBIDDEN", FORBIDDEN);
        Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the command ends");
        assertTrue(process.exitValue() < 8, "an expected exit code: " + process.exitValue());
        return Files.readString(output);
    }

    private void writeContract(String ending) throws IOException {
        Files.createDirectories(repository.resolve("railiance"));
        Files.writeString(repository.resolve("secret.txt"), SERVED);
        Files.writeString(
                repository.resolve("print.sh"), """
                echo "$RAILIANCE_TEST_ALLOWED $RAILIANCE_TEST_FORBIDDEN PRINTED"
                echo "$RAILIANCE_TEST_ALLOWED PRINTED" >&2
                cat secret.txt
                ENDING
                """.replace("PRINTED", PRINTED).replace("ENDING", ending));
        Files.writeString(repository.resolve("railiance/app.toml"), """
                schema = "railiance.app.v1"
                [app]
                name = "shop"
                [owner]
                team = "web"
                [stage1]
                evidence = ["secret.txt"]
                [[stage1.commands]]
                name = "prints secrets"
                argv = ["sh", "print.sh"]
                timeout = "2s"
                environment = ["RAILIANCE_TEST_ALLOWED"]
                [[stage1.checks]]
                name = "also a check prints them"
                kind = "command"
                argv = ["sh", "print.sh"]
                environment = ["RAILIANCE_TEST_ALLOWED"]
                timeout = "2s"
                """);
        assertEquals(4, SECRETS.size());
    }
}
