package dev.railiance.process;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The variables that a process is given: those that every program needs to find its way, and the ones that are allowed
 * by name. Everything else stays outside, secrets first of all.
 */
public final class AllowedEnvironment {

    private static final Set<String> ALWAYS =
            Set.of("PATH", "HOME", "LANG", "TMPDIR", "USER", "LOGNAME", "SHELL", "TERM");

    private static final String LOCALE_PREFIX = "LC_";

    private AllowedEnvironment() {}

    /** Chooses from this JVM's own environment; a name that is allowed but not set there is left out. */
    public static Map<String, String> of(Collection<String> allowed) {
        return of(System.getenv(), allowed);
    }

    /** Chooses from the environment given. */
    public static Map<String, String> of(Map<String, String> environment, Collection<String> allowed) {
        Map<String, String> chosen = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (ALWAYS.contains(name) || name.startsWith(LOCALE_PREFIX) || allowed.contains(name)) {
                chosen.put(name, value);
            }
        });
        return chosen;
    }
}
