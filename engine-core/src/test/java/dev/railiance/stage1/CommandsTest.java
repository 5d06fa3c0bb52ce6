package dev.railiance.stage1;

import static dev.railiance.stage1.Validations.command;
import static dev.railiance.stage1.Validations.lastReason;
import static dev.railiance.stage1.Validations.shell;
import static dev.railiance.stage1.Validations.told;
import static dev.railiance.stage1.Validations.within;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.contract.DeclaredCommand;
import dev.railiance.contract.Stage1;
import dev.railiance.promotion.Step;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

    @TempDir
    Path directory;

    private Validations validations;

    @BeforeEach
    void open() {
        validations = new Validations(directory);
    }

    @AfterEach
    void close() {
        validations.close();
    }

    @Test
    void runInTheirOrder() throws Exception {
        ValidationReport report =
                validations.commands(shell("echo one >> log"), shell("echo two >> log"), shell("echo three >> log"));
        assertEquals(Verdict.PASSED, report.verdict());
        assertEquals(List.of("one", "two", "three"), Files.readAllLines(directory.resolve("log")));
    }

    @Test
    void theFirstThatFailsEndsTheStage() {
        ValidationReport report = validations.commands(shell("exit 0"), shell("exit 3"), shell("touch third"));
        assertEquals(Verdict.FAILED, report.verdict());
        assertEquals(List.of("prerequisites PASSED", "script PASSED", "script FAILED"), told(report));
        assertEquals("exit code 3, expected 0", lastReason(report));
        assertFalse(Files.exists(directory.resolve("third")));
    }

    @Test
    void oneThatNeverEndsIsStoppedAtItsLimitAndErrored() {
        ValidationReport report = validations.commands(
                within(shell("trap '' TERM; while :; do sleep 60; done"), Duration.ofMillis(300)), shell("exit 0"));
        assertEquals(Verdict.ERRORED, report.verdict());
        assertEquals("stopped at its time limit of 300 ms", lastReason(report));
        assertEquals(2, report.steps().size());
    }

    @Test
    void allThatIsMissingIsSaidAtOnceBeforeAnythingRuns() {
        ValidationReport report = validations.commands(
                shell("touch ran"),
                command("no-such-program-a"),
                command("no-such-program-b"),
                new DeclaredCommand("c", List.of("no-such-program-c"), "build", Validations.MINUTE, List.of()));
        assertEquals(List.of("prerequisites ERRORED"), told(report));
        assertEquals(
                "program \"no-such-program-a\" was not found or may not be executed; "
                        + "program \"no-such-program-b\" was not found or may not be executed; "
                        + "program \"no-such-program-c\" was not found or may not be executed",
                lastReason(report));
        assertFalse(Files.exists(directory.resolve("ran")));
    }

    @Test
    void aProgramThatAnEarlierOneMakesNeedNotBeThereYet() {
        ValidationReport report = validations.commands(
                shell("mkdir made && printf '#!/bin/sh\\nexit 0\\n' > made/it && chmod +x made/it"),
                command("made/it"));
        assertEquals(Verdict.PASSED, report.verdict());
    }

    @Test
    void aProgramThatNobodyMadeIsErroredAtItsTurn() {
        ValidationReport report = validations.commands(shell("exit 0"), command("./made/it"));
        assertEquals(Verdict.ERRORED, report.verdict());
        assertEquals("program \"./made/it\" was not found", lastReason(report));
    }

    @Test
    void theFirstProgramAndDirectoryMustBeThere() {
        var nowhere = new DeclaredCommand("x", List.of("sh"), "nowhere", Validations.MINUTE, List.of());
        assertEquals("no directory \"nowhere\" in the repository", lastReason(validations.commands(nowhere)));
        validations.write("plain.sh", "exit 0");
        assertEquals(
                "program \"./plain.sh\" was not found or may not be executed",
                lastReason(validations.commands(command("./plain.sh"))));
    }

    @Test
    void aDirectoryOutsideTheRepositoryIsNone(@TempDir Path elsewhere) throws Exception {
        Files.createSymbolicLink(directory.resolve("out"), elsewhere);
        for (String outside : List.of("..", "/", "out", "a/../../..", "\0")) {
            var command = new DeclaredCommand("x", List.of("true"), outside, Validations.MINUTE, List.of());
            ValidationReport report = validations.commands(command);
            assertEquals(Verdict.ERRORED, report.verdict());
            assertTrue(lastReason(report).startsWith("no directory"), lastReason(report));
        }
    }

    @Test
    void seeOnlyTheAllowedPartOfTheEnvironment() throws Exception {
        validations.environment.put("LET_THROUGH", "yes");
        validations.environment.put("KEPT_OUT", "no");
        var command = new DeclaredCommand(
                "env", List.of("sh", "-c", "env > seen"), ".", Validations.MINUTE, List.of("LET_THROUGH"));
        assertEquals(Verdict.PASSED, validations.commands(command).verdict());
        String seen = Files.readString(directory.resolve("seen"));
        assertTrue(seen.contains("LET_THROUGH=yes"));
        assertFalse(seen.contains("KEPT_OUT"));
    }

    @Test
    void printToTheSinkAndNeverIntoTheReport() {
        String secret = "s3cr3t-" + System.nanoTime();
        validations.environment.put("TOKEN", secret);
        var printed = new ByteArrayOutputStream();
        validations.output = (stream, bytes, length) -> {
            synchronized (printed) {
                printed.write(bytes, 0, length);
            }
        };
        var command = new DeclaredCommand(
                "leak",
                List.of("sh", "-c", "echo out $TOKEN; echo err $TOKEN >&2; exit 9"),
                ".",
                Validations.MINUTE,
                List.of("TOKEN"));
        ValidationReport report = validations.commands(command);
        assertEquals("exit code 9, expected 0", lastReason(report));
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("out " + secret) && text.contains("err " + secret));
        assertFalse(report.toString().contains(secret));
    }

    @Test
    void aGigabyteOfOutputIsNoBurden() {
        AtomicLong bytes = new AtomicLong();
        validations.output = (stream, buffer, length) -> bytes.addAndGet(length);
        ValidationReport report = validations.commands(shell("head -c 1073741824 /dev/zero"));
        assertEquals(Verdict.PASSED, report.verdict());
        assertEquals(1L << 30, bytes.get());
    }

    @Test
    void theListenerHearsWhichStepRunsAndWhatComesNext() {
        List<String> heard = new ArrayList<>();
        validations.listener = new ValidationListener() {
            @Override
            public void stepStarted(String name, Step.Kind kind, int position, int total, Optional<String> next) {
                heard.add(position + "/" + total + " " + name + " " + kind + ", then " + next.orElse("nothing"));
            }

            @Override
            public void stepFinished(Step step) {
                heard.add(step.name() + " " + step.verdict());
            }
        };
        validations.commands(command("true"), command("false"));
        assertEquals(
                List.of(
                        "1/3 prerequisites PREREQUISITE, then true",
                        "prerequisites PASSED",
                        "2/3 true COMMAND, then false",
                        "true PASSED",
                        "3/3 false COMMAND, then nothing",
                        "false FAILED"),
                heard);
    }

    @Test
    void durationsComeFromTheClockThatIsGiven() throws Exception {
        AtomicLong now = new AtomicLong();
        try (var processes = dev.railiance.process.ProcessTrees.open()) {
            ValidationReport report = new LocalValidation(
                            processes,
                            Optional.empty(),
                            validations.environment,
                            () -> now.getAndAdd(Duration.ofMillis(1500).toNanos()))
                    .validate(
                            directory,
                            new Stage1(List.of(command("true")), Optional.empty(), List.of(), List.of()),
                            validations.cancellation,
                            ValidationListener.NONE,
                            validations.output);
            assertEquals(
                    List.of(Duration.ofMillis(1500), Duration.ofMillis(1500)),
                    report.steps().stream().map(Step::duration).toList());
        }
    }

    @Test
    void aRepositoryThatIsNotThereIsErrored() {
        try (var nowhere = new Validations(directory.resolve("nowhere"))) {
            assertEquals("the repository is not there", lastReason(nowhere.commands(command("true"))));
        }
    }
}
