package dev.railiance.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.railiance.contract.fault.Finding;
import dev.railiance.contract.fault.Shown;
import dev.railiance.contract.rule.PlaintextSecrets;
import dev.railiance.contract.value.KeyPath;
import dev.railiance.effect.ClusterObject.Field;
import dev.railiance.promotion.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The fields of a manifest, with what may be shown of them. Not shown are the data of a Secret, the values of environment
 * variables, and whatever has the name or the look of a secret.
 */
final class ManifestFields {

    private static final String MASKED = "(not shown)";

    /** Wider than what a contract may not hold: here a name too many costs a line of a plan, and one too few a password. */
    private static final Pattern SECRET_NAME =
            Pattern.compile("(.*[^a-z])?(pass|passwd|password|passphrase|pwd|token|secret"
                    + "|api_?key|private_?key|access_?key|signing_?key|credentials?|auth|authorization|cookie)");

    private static final Pattern SECRET_IN_TEXT = Pattern.compile(
            "(?i)(pass|passwd|password|passphrase|pwd|token|secret|key|credentials?|authorization|cookie)[\"']?\\s{0,9}[:=]"
                    + "\\s{0,9}\\S|\\b(bearer|basic)\\s{1,9}\\S");

    private final Set<KeyPath> suspicious;
    private final SortedMap<String, Field> fields = new TreeMap<>();

    private ManifestFields(ObjectNode object) {
        this.suspicious =
                PlaintextSecrets.in(object).stream().map(Finding::path).collect(Collectors.toSet());
    }

    /** By their paths, in which items of lists have their names where they have one. */
    static SortedMap<String, Field> of(ObjectNode object) {
        var all = new ManifestFields(object);
        all.visit(object, KeyPath.TOP, "", false);
        return all.fields;
    }

    private void visit(JsonNode node, KeyPath path, String shown, boolean masked) {
        boolean hidden = masked || suspicious.contains(path);
        if (node.isObject() && !node.isEmpty()) {
            for (var member : node.properties()) {
                String key = member.getKey();
                visit(member.getValue(), path.key(key), joined(shown, key), hidden || isMasked(node, path, key));
            }
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                visit(node.get(i), path.item(i), shown + "[" + item(node, i) + "]", hidden);
            }
        } else {
            String text = node.isValueNode() ? node.asText() : node.toString();
            fields.put(
                    shown,
                    new Field(
                            hidden || SECRET_IN_TEXT.matcher(text).find() ? MASKED : oneLine(text),
                            Digest.of(node.toString().getBytes(StandardCharsets.UTF_8))));
        }
    }

    private boolean isMasked(JsonNode parent, KeyPath path, String key) {
        boolean data = key.equals("data") || key.equals("stringData");
        return (data && parent.path("kind").asText().equals("Secret"))
                || (key.equals("value")
                        && (path.lastKey().equals("env")
                                || isSecret(parent.path("name").asText())))
                || isSecret(key);
    }

    private static boolean isSecret(String name) {
        String words =
                name.replaceAll("([a-z])([A-Z])", "$1_$2").replace('-', '_').toLowerCase(Locale.ROOT);
        return SECRET_NAME.matcher(words).matches();
    }

    /** Of an item: its name where no other item has it, else where it stands. */
    private static String item(JsonNode list, int index) {
        String name = list.get(index).path("name").asText();
        long same = list.valueStream()
                .filter(item -> item.path("name").asText().equals(name))
                .count();
        return name.isEmpty() || same > 1 ? String.valueOf(index) : Shown.safe(name);
    }

    private static String joined(String shown, String key) {
        String safe = Shown.safe(key);
        return shown.isEmpty() ? safe : key.contains(".") ? shown + "[" + safe + "]" : shown + "." + safe;
    }

    private static String oneLine(String text) {
        long lines = text.lines().count();
        return lines > 1 ? "(" + lines + " lines)" : text.isBlank() ? "\"\"" : Shown.cut(Shown.safe(text.strip()));
    }
}
