package dev.railiance.stage2;

import dev.railiance.effect.ClusterObject;
import dev.railiance.effect.ClusterObject.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An object that would be added, changed or removed.
 *
 * @param change what happens to it: one of three words
 * @param fields what is different in an object that is changed
 */
public record ObjectChange(String change, String release, String kind, String name, List<FieldChange> fields) {

    public ObjectChange {
        fields = List.copyOf(fields);
    }

    /**
     * A field that is different.
     *
     * @param before what may be shown of it; missing where it is new
     * @param after what may be shown of it; missing where it goes
     */
    public record FieldChange(String path, Optional<String> before, Optional<String> after) {}

    /** What becomes of a release's objects. */
    public static List<ObjectChange> between(String release, List<ClusterObject> running, List<ClusterObject> wanted) {
        Map<String, ClusterObject> before = new TreeMap<>();
        running.forEach(object -> before.put(key(object), object));
        var changes = new ArrayList<ObjectChange>();
        for (ClusterObject object : wanted) {
            ClusterObject was = before.remove(key(object));
            if (was == null) {
                changes.add(whole("added", release, object));
            } else if (!was.digest().equals(object.digest())) {
                changes.add(new ObjectChange("changed", release, object.kind(), object.name(), fields(was, object)));
            }
        }
        before.values().forEach(gone -> changes.add(whole("removed", release, gone)));
        return changes;
    }

    private static ObjectChange whole(String change, String release, ClusterObject object) {
        return new ObjectChange(change, release, object.kind(), object.name(), List.of());
    }

    private static String key(ClusterObject object) {
        return object.kind() + "/" + object.name();
    }

    private static List<FieldChange> fields(ClusterObject was, ClusterObject is) {
        var paths = new TreeSet<>(was.fields().keySet());
        paths.addAll(is.fields().keySet());
        var different = new ArrayList<FieldChange>();
        for (String path : paths) {
            Optional<Field> before = Optional.ofNullable(was.fields().get(path));
            Optional<Field> after = Optional.ofNullable(is.fields().get(path));
            if (!before.map(Field::digest).equals(after.map(Field::digest))) {
                different.add(new FieldChange(path, before.map(Field::shown), after.map(Field::shown)));
            }
        }
        return different;
    }
}
