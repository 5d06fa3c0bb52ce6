package dev.railiance.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.effect.CommandPlace;
import dev.railiance.failure.Failure.Code;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Answer.Cause;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    MISSING     | program "helm" was not found           | install Helm 3.13 or newer: https://helm.sh/docs/intro/install/
                    UNSUPPORTED | helm is version 2.17.0, needed is 3 or 4 | install Helm 3.13 or newer: https://helm.sh/docs/intro/install/
                    MISSING     | program "kubectl" was not found        | install kubectl 1.24 or newer: https://kubernetes.io/docs/tasks/tools/
                    """)
    void whoLacksAToolIsToldHowItIsGot(Cause cause, String reason, String hint) {
        var failure =
                new Answers(new CommandPlace(Optional.of("edge"), "shop")).failure(new Answer.NotDone<>(cause, reason));
        assertEquals(Code.TOOL_UNAVAILABLE, failure.code());
        assertEquals(reason, failure.message());
        assertEquals(hint, failure.hint());
    }
}
