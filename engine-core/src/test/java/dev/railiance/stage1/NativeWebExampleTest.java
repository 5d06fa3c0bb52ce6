package dev.railiance.stage1;

import static dev.railiance.stage1.Validations.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.contract.Contract;
import dev.railiance.contract.ContractReader;
import dev.railiance.promotion.EvidenceFile;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example as its reader would run it, on a port of its own so that nobody else's is in the way. */
class NativeWebExampleTest {

    private static final Path EXAMPLE = Path.of("..", "examples", "native-web");

    @TempDir
    Path directory;

    private void copy(int port) throws IOException {
        for (String file : List.of("src/Main.java", "test/SmokeTest.java", "railiance/app.toml")) {
            Path target = directory.resolve(file);
            Files.createDirectories(directory.resolve(file.substring(0, file.indexOf("/"))));
            Files.writeString(target, Files.readString(EXAMPLE.resolve(file)).replace("18480", "" + port));
        }
    }

    @Test
    void passesTwiceInARowAndAddsOnlyWhatIsIgnored() throws IOException {
        copy(Validations.freePort());
        Contract contract = new ContractReader().read(directory.resolve("railiance/app.toml"), directory);
        var valid = assertInstanceOf(Contract.Valid.class, contract, contract::toString);
        assertEquals(List.of(), valid.faults());
        try (var validations = new Validations(directory)) {
            for (int round = 0; round < 2; round++) {
                ValidationReport report = validations.validate(valid.contract().stage1());
                assertEquals(Verdict.PASSED, report.verdict(), report::toString);
                assertEquals(
                        List.of(
                                "prerequisites PASSED",
                                "smoke test PASSED",
                                "start target PASSED",
                                "alive PASSED",
                                "page PASSED",
                                "metrics PASSED",
                                "port PASSED",
                                "smoke test report PASSED",
                                "stop target PASSED",
                                "evidence PASSED"),
                        told(report));
                assertEquals(
                        List.of("src/Main.java", "target/smoke-test.txt"),
                        report.evidence().stream().map(EvidenceFile::path).toList());
            }
        }
        try (Stream<Path> entries = Files.list(directory)) {
            assertEquals(
                    List.of("railiance", "src", "target", "test"),
                    entries.map(entry -> entry.getFileName().toString())
                            .sorted()
                            .toList());
        }
        assertTrue(Files.readString(EXAMPLE.resolve(".gitignore")).contains("target/\n"));
    }
}
