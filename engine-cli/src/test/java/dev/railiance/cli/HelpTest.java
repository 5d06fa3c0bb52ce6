package dev.railiance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.cli.verb.Verb;
import dev.railiance.cli.verb.Verbs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HelpTest {

    @Test
    void everyVerbOfTheListIsThereUnderItsName() {
        for (String name : Verbs.names()) {
            Verb verb = Verbs.named(name);
            assertNotNull(verb, name);
            assertEquals(name, verb.grammar().verb());
        }
    }

    @Test
    void helpFitsEightyColumnsAndHasExamplesAndExitCodes() {
        for (String name : Verbs.names()) {
            String help = CommandCall.in(Path.of("/"), name, "--help").out();
            help.lines().forEach(line -> assertTrue(line.length() <= 80, line));
            assertTrue(help.contains("Examples:\n"), help);
            assertTrue(help.contains("Exit codes:\n"), help);
        }
    }
}
