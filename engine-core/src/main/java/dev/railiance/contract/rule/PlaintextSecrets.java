package dev.railiance.contract.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.contract.fault.FaultCode;
import dev.railiance.contract.fault.Finding;
import dev.railiance.contract.fault.Position;
import dev.railiance.contract.value.KeyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Finds secrets that stand in the file themselves, and never says what they are. */
public final class PlaintextSecrets {

    private static final Pattern KEY = Pattern.compile(".*(^|_)(password|passwd|pwd|passphrase|token|secret|api_?key"
            + "|private_?key|secret_?key|access_?key|signing_?key|credentials?)");
    private static final Pattern OPTION =
            Pattern.compile("--?(password|passwd|pass|token|secret|api[-_]?key|private[-_]?key)");
    private static final Pattern VALUE_AFTER_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.+", Pattern.DOTALL);

    private final List<Finding> findings = new ArrayList<>();

    private PlaintextSecrets() {}

    /** What in the tree is a secret, by the name of its key or by what it looks like. */
    public static List<Finding> in(JsonNode root) {
        var secrets = new PlaintextSecrets();
        secrets.visit(root, KeyPath.TOP);
        return List.copyOf(secrets.findings);
    }

    /** The lines with a secret of a known form: also in comments, and where the text is not TOML. */
    public static Map<Position, Finding> inLines(String text) {
        Map<Position, Finding> found = new TreeMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            Position start = new Position(number, 1);
            SecretShape.known(line).ifPresent(what -> found.put(start, finding(KeyPath.TOP, what, line.length())));
        }
        return found;
    }

    private void visit(JsonNode node, KeyPath path) {
        if (node.isObject()) {
            node.properties().forEach(entry -> {
                SecretShape.of(entry.getKey()).ifPresent(what -> add(path, what, entry.getKey()));
                visit(entry.getValue(), path.key(entry.getKey()));
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                String before = i == 0 ? "" : node.get(i - 1).asText();
                if (node.get(i).isTextual() && afterOption(before, node.get(i).textValue())) {
                    add(path.item(i), "a password as an argument", node.get(i).textValue());
                } else {
                    visit(node.get(i), path.item(i));
                }
            }
        } else if (node.isTextual() || node.isNumber()) {
            secret(path, node).ifPresent(what -> add(path, what, node.asText()));
        }
    }

    private static boolean afterOption(String before, String value) {
        return OPTION.matcher(before).matches() && !value.isEmpty() && !value.startsWith("-");
    }

    private static Optional<String> secret(KeyPath path, JsonNode value) {
        String key = path.lastKey()
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .replace('-', '_')
                .replace("\"", "");
        if (KEY.matcher(key.toLowerCase(Locale.ROOT)).matches()
                && !value.asText().isEmpty()) {
            return Optional.of("a value");
        }
        if (key.equals("environment")
                && VALUE_AFTER_NAME.matcher(value.asText()).matches()) {
            return Optional.of("a variable with its value");
        }
        return value.isTextual() ? SecretShape.of(value.textValue()) : Optional.empty();
    }

    private void add(KeyPath path, String what, String value) {
        findings.add(finding(path, what, value.length()));
    }

    private static Finding finding(KeyPath path, String what, int length) {
        String place = path.steps().isEmpty() ? "this line" : path.toString();
        return Finding.atValue(FaultCode.PLAINTEXT_SECRET, path, "a secret may not stand in " + place)
                .found(what + " of " + length + " characters (not shown)")
                .expected("a reference in [[secrets]]: k8s:…, vault:…, sops:… or env:…")
                .suggest("remove it, and replace the secret: the file's history keeps it");
    }
}
