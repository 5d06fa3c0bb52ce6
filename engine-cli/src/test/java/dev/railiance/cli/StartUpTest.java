package dev.railiance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process of its own loads; loading is what a start costs. */
class StartUpTest {

    private static final String H2 = "org.h2.";
    private static final String POSTGRESQL = "org.postgresql.";
    private static final String AXON = "org.axonframework.";
    private static final String SPRING = "org.springframework.";
    private static final String JGIT = "org.eclipse.jgit.";
    private static final String JACKSON = "com.fasterxml.";

    @TempDir
    static Path parent;

    private static Path repository = Path.of("");

    @BeforeAll
    static void aPromotion() throws IOException {
        repository = SampleRepository.running(parent, "true");
        assertEquals(0, CommandCall.in(repository, "run", "-q").exitCode());
    }

    @Test
    void versionLoadsNoLibraryAtAll() throws Exception {
        assertEquals(List.of(), loaded(List.of("version"), H2, AXON, SPRING, JACKSON, "dev.railiance.promotion."));
    }

    @Test
    void helpLoadsNoLibraryAtAll() throws Exception {
        assertEquals(List.of(), loaded(List.of("help", "run"), H2, AXON, SPRING, JACKSON));
    }

    @Test
    void validateLoadsNeitherLedgerNorBusNorStateMachine() throws Exception {
        assertEquals(List.of(), loaded(List.of("validate"), H2, AXON, SPRING, JGIT));
    }

    @Test
    void schemaLoadsNeitherLedgerNorBusNorStateMachine() throws Exception {
        assertEquals(List.of(), loaded(List.of("schema", "railiance-app"), H2, AXON, SPRING));
    }

    @Test
    void statusReadsItsRowWithoutBusStateMachineAndJackson() throws Exception {
        assertEquals(List.of(), loaded(List.of("status"), POSTGRESQL, AXON, SPRING, JACKSON, JGIT));
        assertEquals(List.of(), loaded(List.of("status", "-o", "text"), AXON, SPRING, JACKSON));
        assertEquals(List.of(), loaded(List.of("status", "--all"), AXON, SPRING, JACKSON));
    }

    @Test
    void whereNobodyIsToldNothingThatTellsIsLoaded() throws Exception {
        assertEquals(List.of(), loaded(List.of("run"), "io.cloudevents.", "dev.railiance.notification."));
    }

    /** The classes of these packages that a process loads which carries out a command line. */
    private static List<String> loaded(List<String> words, String... packages) throws Exception {
        Path log = Files.createTempFile(parent, "classes", ".txt");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                Railiance.class.getName()));
        command.addAll(words);
        Process process = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(parent, "out", ".txt").toFile())
                .start();
        assertEquals(0, process.waitFor());
        List<String> lines = Files.readAllLines(log);
        assertTrue(lines.stream().anyMatch(line -> line.contains(" dev.railiance.cli.Railiance ")), "the log is there");
        return lines.stream()
                .filter(line -> Stream.of(packages).anyMatch(prefix -> line.contains("] " + prefix)))
                .toList();
    }
}
