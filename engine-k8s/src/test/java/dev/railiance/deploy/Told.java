package dev.railiance.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.railiance.contract.schema.SchemaCatalog;
import dev.railiance.document.Json;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import java.util.List;

/** What an engine answered, as a test wants it. */
final class Told {

    private Told() {}

    /** The answer of what has to be done. */
    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T> done -> done.value();
            case Outcome.NotDone<T> not ->
                throw new AssertionError(
                        not.failure().code() + ": " + not.failure().message());
        };
    }

    /** Why something was not done that must not be. */
    static Failure failure(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> done -> throw new AssertionError("done: " + done.value());
            case Outcome.NotDone<?> not -> not.failure();
        };
    }

    /** The code of it. */
    static Code code(Outcome<?> outcome) {
        return failure(outcome).code();
    }

    /** A document is what its schema allows. */
    static void assertHolds(String schema, Object document) {
        String text = Json.compact(document);
        try {
            var violations =
                    new SchemaCatalog().schema(schema).orElseThrow().violations(new JsonMapper().readTree(text));
            assertEquals(List.of(), violations, text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
