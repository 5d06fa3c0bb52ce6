package dev.railiance.contract.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * One keyword of a schema that an instance does not satisfy.
 *
 * @param path property names ({@link String}) and item numbers ({@link Integer}) from the top of the instance
 * @param keyword for example {@code required}
 * @param property the property that is missing or not known, for keywords that name one
 * @param requirement the keyword's own value
 * @param message the validator's wording
 */
public record Violation(
        List<Object> path, String keyword, Optional<String> property, JsonNode requirement, String message) {

    public Violation {
        path = List.copyOf(path);
    }
}
