package dev.railiance.gate.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.gate.Samples;
import dev.railiance.gate.Samples.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleFileTest {

    @TempDir
    Path directory;

    @Test
    void numbersAreTakenAsTheyAre() throws IOException {
        assertEquals(new Samples(List.of(1.0, -2.5, 1e-9), Condition.WHOLE), read("[1, -2.5, 1e-9]"));
        assertEquals(new Samples(List.of(1.0, 2.0), Condition.INTERRUPTED), read("[1, null, 2]"));
        assertEquals(Samples.of(List.of()), read("[]"));
    }

    @Test
    void aRangeOfPrometheusIsTakenWithItsGaps() throws IOException {
        assertEquals(Samples.of(List.of(1.0, Double.NaN, Double.POSITIVE_INFINITY)), read(range("""
                [[10, "1"], [25, "NaN"], [40, "+Inf"]]""")));
        assertEquals(new Samples(List.of(1.0, 2.0, 3.0), Condition.INTERRUPTED), read(range("""
                [[10, "1"], [25, "2"], [55, "3"]]""")));
        assertEquals(Samples.of(List.of()), read("""
                {"status": "success", "data": {"resultType": "matrix", "result": []}}"""));
    }

    @Test
    void whatIsNoSamplesIsRefusedInWords() throws IOException {
        refused("", "neither an array");
        refused("[1, 2", "is no JSON from line 1 on");
        refused("[1, 2] 3", "is no JSON");
        refused("\u0000\u0001", "is no JSON");
        refused("[1, \"2\"]", "something else than a number in place 2");
        refused("[[1]]", "something else than a number in place 1");
        refused("[".repeat(100_000), "is no JSON");
        refused("17", "neither an array");
        refused("{\"status\": \"error\", \"error\": \"secret words\"}", "an error that Prometheus answered with");
        refused(
                "{\"status\": \"success\", \"data\": {\"resultType\": \"vector\", \"result\": []}}",
                "neither an array");
        refused(range("[[10, \"1\"], [10, \"2\"]]"), "a time in place 2 that is not after");
        refused(range("[[10, \"one\"]]"), "a value that is no number in place 1");
        refused(range("[[10]]"), "something else than a time and a value");
        refused(range("{}"), "without values");
        refused("""
                {"status": "success", "data": {"resultType": "matrix", "result": [{}, {}]}}""", "has 2 series");
        refused("[" + "1,".repeat(SampleFile.MOST) + "1]", "has 20001 samples, at most 20000");
        refused(" ".repeat(SampleFile.LARGEST + 1), "larger than 16 MiB");
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        assertTrue(failure(directory.resolve("none.json")).contains("does not exist"));
        assertTrue(failure(directory).contains("is no regular file"));
    }

    private static String range(String values) {
        return "{\"status\": \"success\", \"data\": {\"resultType\": \"matrix\", \"result\": [{\"metric\": {}, \"values\": "
                + values + "}]}}";
    }

    private Samples read(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("samples.json"), text);
        return ((Outcome.Done<Samples>) SampleFile.read(file)).value();
    }

    private void refused(String text, String words) throws IOException {
        String message = failure(Files.writeString(directory.resolve("samples.json"), text));
        assertTrue(message.contains(words), message);
        assertTrue(!message.contains("secret words"), message);
    }

    private static String failure(Path file) {
        var not = assertInstanceOf(Outcome.NotDone.class, SampleFile.read(file));
        assertEquals(Code.SAMPLES_INVALID, not.failure().code());
        return not.failure().message();
    }
}
