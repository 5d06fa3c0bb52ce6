package dev.railiance.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines and columns; appended lines begin at line 5. */
final class FaultPositionTest {

    @TempDir
    private Path repository;

    @ParameterizedTest(name = "{0} has its fault at {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "stage1.bad = 1                            | 5:1 unknown-key",
                "health.port = 'x'                         | 5:15 wrong-type",
                "\"health\" . 'port' = 'x'                 | 5:21 wrong-type",
                "health = { port = 1, bad = 2 }            | 5:22 unknown-key",
                "health = { port = 1 , startup  =  'x' }   | 5:35 wrong-form",
                "health = 3                                | 5:10 wrong-type",
                "deploy.contexts = ['a',  3]               | 5:26 wrong-type",
                "deploy = { chart = 'c', contexts=['a',4] }| 5:39 wrong-type",
                "'a b' = 1                                 | 5:1 unknown-key",
                "source.exclude = ['é𝄞', 3]               | 5:25 wrong-type",
                "dependencies = [{ name = 'a' }]           | 5:17 missing-key",
                "freeze = [[]]                             | 5:11 wrong-type"
            })
    void isWhereTheFaultIs(String line, String fault) {
        String top = Contracts.LEAST.replace("[stage1]\n", "stage1 = {}\n");
        String text = line.startsWith("stage1.") ? Contracts.LEAST + line.substring(7) : top + line;
        assertEquals(List.of(fault), new Contracts(repository).faults(text + "\n"));
    }

    @Test
    void keysOfTablesUnderHeadersAreFoundInTheirTable() {
        assertEquals(
                List.of("9:3 unknown-key", "11:8 out-of-range", "12:1 missing-key"),
                new Contracts(repository).faults(Contracts.LEAST + """
                        [[stage1.checks]]
                        name = "a"
                        kind = "tcp"
                        address = "a:1"
                          bad = 1
                        [health]
                        port = 70000
                        [[stage1.checks]]
                        name = "b"
                        """));
    }

    @Test
    void valuesOnLaterLinesOfAnArrayAreFoundThere() {
        assertEquals(
                List.of("6:5 path-outside", "8:3 wrong-type"), new Contracts(repository).faults(Contracts.LEAST + """
                        evidence = [
                            "../a", # one
                          "b",
                          7,
                        ]
                        """));
    }

    @Test
    void aTextInSeveralLinesIsAtItsBeginning() {
        assertEquals(
                List.of("6:10 wrong-form", "8:8 wrong-type"), new Contracts(repository).faults(Contracts.LEAST + """
                        [health]
                        startup= '''
                        x'''
                        port = 'x'
                        """));
    }

    @Test
    void brokenTomlDoesNotHideFaultsElsewhereNorInventAny() {
        assertEquals(List.of("5:8 syntax", "7:1 unknown-key"), new Contracts(repository).faults("""
                        schema = "railiance.app.v1"
                        [app]
                        name = "shop-web"
                        [owner]
                        team = web
                        [stage1]
                        bad = 1
                        """));
    }

    @Test
    void keysAfterABrokenHeaderAreNotBlamedOnTheTableBefore() {
        assertEquals(
                List.of("5:16 syntax"),
                new Contracts(repository).faults(Contracts.LEAST + "[[stage1.checks]\nname = 'a'\nkind = 'file'\n"));
    }
}
