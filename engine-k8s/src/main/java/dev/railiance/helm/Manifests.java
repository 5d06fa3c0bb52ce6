package dev.railiance.helm;

/** Kubernetes objects as Helm renders them, in YAML documents. May hold secrets: the text form shows none of it. */
public record Manifests(String yaml) {

    @Override
    public String toString() {
        return "Manifests[" + yaml.length() + " characters]";
    }
}
