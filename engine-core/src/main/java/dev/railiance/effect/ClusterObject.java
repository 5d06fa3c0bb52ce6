package dev.railiance.effect;

import dev.railiance.promotion.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An object as it is declared.
 *
 * @param digest over its content; a secret's values are in it and nowhere else
 */
public record ClusterObject(String kind, String name, Digest digest) {

    /** One digest over all of them, whatever their order. */
    public static Digest together(List<ClusterObject> objects) {
        List<String> parts = new ArrayList<>();
        objects.stream()
                .sorted(Comparator.comparing(object -> object.kind() + "/" + object.name()))
                .forEach(object -> parts.addAll(
                        List.of(object.kind(), object.name(), object.digest().value())));
        return Digest.ofParts(parts.toArray(String[]::new));
    }
}
