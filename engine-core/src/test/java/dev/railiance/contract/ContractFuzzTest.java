package dev.railiance.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.contract.fault.Severity;
import dev.railiance.contract.fault.report.AnnotationReport;
import dev.railiance.contract.fault.report.FaultReport;
import dev.railiance.contract.fault.report.JsonReport;
import dev.railiance.contract.fault.report.SarifReport;
import dev.railiance.contract.fault.report.TextReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The example with random changes: whatever comes of it, the reader answers. */
final class ContractFuzzTest {

    private static final List<String> PIECES = List.of(
            "",
            "\"",
            "'",
            "[",
            "]",
            "{",
            "}",
            "=",
            ".",
            ",",
            "\n",
            "\r",
            "#",
            "nan",
            "-1",
            "1e9",
            "true",
            "\\u0000",
            "é𝄞",
            "\"\"\"",
            "0x7fffffffffffffff",
            "1979-05-27",
            "[[stage1]]",
            "\n[app]\n",
            "..",
            "/",
            "999999999d",
            "\u001b");

    @Property(tries = 400)
    void aChangedExampleIsAnswered(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int changes)
            throws IOException {
        var random = new Random(seed);
        Path example = Contracts.EXAMPLES.resolve("railiance/app.toml");
        var text = new StringBuilder(Files.readString(example));
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length());
            int length = random.nextBoolean() ? 0 : Math.min(random.nextInt(40), text.length() - at);
            text.replace(at, at + length, PIECES.get(random.nextInt(PIECES.size())));
        }
        answers(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Example
    void anInlineTableThatTheParserStumblesOverIsAFaultOfItsLine() throws IOException {
        String text = "schema = \"railiance.app.v1\"\n\nscore = { pass =,}\n\n[app]\n";
        Contract contract =
                new Contracts(Files.createTempDirectory("fuzz")).read(text.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                List.of("3:1 syntax"),
                contract.faults().stream()
                        .map(fault -> fault.position().line() + ":"
                                + fault.position().column() + " " + fault.code().id())
                        .toList());
    }

    @Property(tries = 200)
    void changedBytesAreAnswered(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        byte[] bytes = Files.readAllBytes(Contracts.EXAMPLES.resolve("railiance/app.toml"));
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        answers(bytes);
    }

    private static void answers(byte[] bytes) throws IOException {
        Path repository = Files.createTempDirectory("fuzz");
        try {
            Contract contract = new Contracts(repository).read(bytes);
            assertTrue(contract.faults().stream()
                    .allMatch(fault ->
                            fault.position().line() >= 1 && fault.position().column() >= 1));
            assertFalse(contract instanceof Contract.Valid
                    && contract.faults().stream().anyMatch(fault -> fault.severity() == Severity.ERROR));
            var report = FaultReport.of(contract);
            TextReport.render(report);
            JsonReport.document(report);
            SarifReport.document(report, "test");
            AnnotationReport.render(report);
        } finally {
            Files.deleteIfExists(repository.resolve("app.toml"));
            Files.delete(repository);
        }
    }
}
