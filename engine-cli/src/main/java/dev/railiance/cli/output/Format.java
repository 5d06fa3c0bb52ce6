package dev.railiance.cli.output;

import org.jspecify.annotations.Nullable;

/** The form of an answer. */
public enum Format {
    TEXT("text"),
    JSON("json"),
    YAML("yaml"),
    SARIF("sarif"),
    GITHUB("github");

    private final String id;

    Format(String id) {
        this.id = id;
    }

    /** As it is written on a command line. */
    public String id() {
        return id;
    }

    /** The form of this name, or null. */
    public static @Nullable Format of(String id) {
        for (Format format : values()) {
            if (format.id.equals(id)) {
                return format;
            }
        }
        return null;
    }
}
