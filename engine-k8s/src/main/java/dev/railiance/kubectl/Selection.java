package dev.railiance.kubectl;

import dev.railiance.tool.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which objects of a kind are meant. */
public sealed interface Selection {

    /** The one of this name; NOT_FOUND when there is none. */
    record Named(String name) implements Selection {
        public Named {
            Arguments.requireName(name);
        }
    }

    /** All that have these labels, which may be none. */
    record Labelled(Map<String, String> labels) implements Selection {
        public Labelled {
            labels = Map.copyOf(labels);
        }
    }

    /** Every one in the namespace. */
    record All() implements Selection {}

    /** The arguments after the kind. */
    default List<String> arguments() {
        return switch (this) {
            case Named named -> List.of(named.name());
            case Labelled labelled -> {
                List<String> terms = new ArrayList<>();
                new TreeMap<>(labelled.labels()).forEach((key, value) -> terms.add(key + "=" + value));
                yield List.of("--selector=" + String.join(",", terms));
            }
            case All all -> List.of();
        };
    }
}
