package dev.railiance.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.contract.fault.report.FaultReport;
import dev.railiance.contract.fault.report.TextReport;
import dev.railiance.contract.schema.SchemaCatalog;
import dev.railiance.contract.toml.TomlParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contracts in examples/broken, each with three faults whose places were written down by hand. */
final class BrokenContractsTest {

    private static final Path BROKEN = Contracts.EXAMPLES.resolve("broken");

    @TempDir
    private Path folder;

    static List<String> broken() throws IOException {
        try (Stream<Path> files = Files.list(BROKEN)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".toml"))
                    .map(name -> name.replace(".toml", ""))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreTenContractsOrMore() throws IOException {
        assertTrue(broken().size() >= 10);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void hasThreeFaultsAtThePlacesWrittenDown(String name) throws IOException {
        List<String> expected = Files.readAllLines(BROKEN.resolve(name + ".faults.txt"));
        assertEquals(3, expected.size());
        assertEquals(expected, Contracts.faults(read(name)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void isReportedAsExpected(String name) throws IOException {
        Golden.check(BROKEN.resolve(name + ".expected.txt"), TextReport.render(FaultReport.of(read(name))));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void hasItsFaultsAtTheSamePlacesWithCarriageReturnsAndByteOrderMark(String name) throws IOException {
        String text =
                "\uFEFF" + Files.readString(BROKEN.resolve(name + ".toml")).replace("\n", "\r\n");
        Path copy = Files.write(folder.resolve("copy.toml"), text.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                Files.readAllLines(BROKEN.resolve(name + ".faults.txt")),
                Contracts.faults(Contracts.example(copy, BROKEN)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void isRefusedByTheReaderWhereverTheSchemaRefusesIt(String name) throws IOException {
        var tree = TomlParser.parse(Files.readString(BROKEN.resolve(name + ".toml")))
                .root();
        var schema = new SchemaCatalog().schema(SchemaCatalog.APP).orElseThrow();
        assertInstanceOf(Contract.Invalid.class, read(name));
        boolean bySchema = !schema.violations(tree).isEmpty();
        boolean saysSo = read(name).faults().stream().anyMatch(fault -> switch (fault.code()) {
            case UNKNOWN_KEY,
                    MISSING_KEY,
                    WRONG_TYPE,
                    NOT_ALLOWED,
                    WRONG_FORM,
                    OUT_OF_RANGE,
                    WRONG_LENGTH,
                    SCHEMA,
                    SYNTAX,
                    PLAINTEXT_SECRET -> true;
            default -> false;
        });
        assertTrue(!bySchema || saysSo, () -> name + " is refused by the schema, but the report does not say so");
    }

    @Test
    void neverShowTheSecret() throws IOException {
        String report = TextReport.render(FaultReport.of(read("secrets")));
        for (String secret : List.of("hunter2", "horse", "AKIA")) {
            assertFalse(report.contains(secret));
        }
    }

    private static Contract read(String name) {
        return Contracts.example(BROKEN.resolve(name + ".toml"), BROKEN);
    }
}
