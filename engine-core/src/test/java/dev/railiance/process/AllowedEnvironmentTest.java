package dev.railiance.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllowedEnvironmentTest {

    @Test
    void letsThroughWhatEveryProgramNeedsAndWhatIsAllowedByName() {
        var environment = Map.of(
                "PATH", "/bin", "LC_TIME", "C", "JAVA_HOME", "/jdk", "TOKEN", "secret", "LCX", "no", "path", "no");
        assertEquals(
                Map.of("PATH", "/bin", "LC_TIME", "C", "JAVA_HOME", "/jdk"),
                AllowedEnvironment.of(environment, List.of("JAVA_HOME", "NOT_SET")));
    }

    @Test
    void takesItFromThisProcessByDefault() {
        assertEquals(AllowedEnvironment.of(System.getenv(), List.of()), AllowedEnvironment.of(List.of()));
    }
}
