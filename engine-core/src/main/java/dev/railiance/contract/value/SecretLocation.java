package dev.railiance.contract.value;

import java.util.Optional;
import java.util.regex.Pattern;

/** Where a secret is kept. The location is no secret. */
public sealed interface SecretLocation {

    /** A key of a Secret in the cluster: {@code k8s:NAMESPACE/NAME#KEY}. */
    record Kubernetes(String namespace, String name, String key) implements SecretLocation {}

    /** A key at a path in Vault: {@code vault:PATH#KEY}. */
    record Vault(String path, String key) implements SecretLocation {}

    /** A key in a file, relative to the repository, that SOPS has encrypted: {@code sops:FILE#KEY}. */
    record Sops(String file, String key) implements SecretLocation {}

    /** A variable of the environment: {@code env:NAME}. */
    record Environment(String variable) implements SecretLocation {}

    /** The location that the text names, or nothing where it names none. */
    static Optional<SecretLocation> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String rest = text.substring(colon + 1);
        if (text.startsWith("env:")) {
            return VARIABLE.matcher(rest).matches() ? Optional.of(new Environment(rest)) : Optional.empty();
        }
        int hash = rest.lastIndexOf('#');
        if (hash <= 0 || hash == rest.length() - 1) {
            return Optional.empty();
        }
        String place = rest.substring(0, hash);
        String key = rest.substring(hash + 1);
        return switch (text.substring(0, colon)) {
            case "vault" -> Optional.of(new Vault(place, key));
            case "sops" -> Optional.of(new Sops(place, key));
            case "k8s" -> kubernetes(place, key);
            default -> Optional.empty();
        };
    }

    private static Optional<SecretLocation> kubernetes(String place, String key) {
        int slash = place.indexOf('/');
        return slash <= 0 || slash == place.length() - 1 || place.indexOf('/', slash + 1) >= 0
                ? Optional.empty()
                : Optional.of(new Kubernetes(place.substring(0, slash), place.substring(slash + 1), key));
    }

    /** What a variable's name looks like. */
    Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
}
