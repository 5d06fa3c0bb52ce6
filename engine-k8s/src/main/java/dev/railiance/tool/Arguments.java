package dev.railiance.tool;

import java.util.regex.Pattern;

/** What may stand in an argument list: nothing that a tool could take for an option. */
public final class Arguments {

    /** Names of objects: a DNS-1123 subdomain. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private Arguments() {}

    /**
     * Returns the name of an object.
     *
     * @throws IllegalArgumentException if it cannot be one; contracts are validated long before
     */
    public static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of a Kubernetes object");
        }
        return name;
    }

    /**
     * Returns the argument.
     *
     * @throws IllegalArgumentException if it is empty, looks like an option or holds a control character
     */
    public static String requireNoOption(String argument) {
        if (argument.isEmpty() || argument.startsWith("-") || argument.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("not an argument that is safe to give to a program");
        }
        return argument;
    }
}
