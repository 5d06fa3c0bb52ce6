package dev.railiance.effect;

import dev.railiance.promotion.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An object as it is declared.
 *
 * @param digest over its content; a secret's values are in it and nowhere else
 * @param fields by their paths
 */
public record ClusterObject(String kind, String name, Digest digest, SortedMap<String, Field> fields) {

    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "DaemonSet");

    public ClusterObject {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /**
     * A value in an object.
     *
     * @param shown what may be shown of it
     * @param digest over the whole of it, to tell it from another; never shown, since short secrets can be guessed from it
     */
    public record Field(String shown, Digest digest) {}

    /** Whether it runs pods for as long as it is there. */
    public boolean isWorkload() {
        return isWorkload(kind);
    }

    /** The same of a kind. */
    public static boolean isWorkload(String kind) {
        return WORKLOADS.contains(kind);
    }

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
