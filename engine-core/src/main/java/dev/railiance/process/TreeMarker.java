package dev.railiance.process;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The token that every process of a tree carries in its environment. A tree inside another tree (a command that runs
 * the engine) carries both tokens, so that either engine finds it.
 */
record TreeMarker(String token) {

    /** The variable's name. */
    static final String VARIABLE = "RAILIANCE_PROCESS_TREE";

    /** The bytes to search for. */
    byte[] bytes() {
        return token.getBytes(StandardCharsets.US_ASCII);
    }

    /** The environment with the token added to what this JVM itself carries. */
    Map<String, String> mark(Map<String, String> environment) {
        Map<String, String> marked = new HashMap<>(environment);
        marked.put(VARIABLE, System.getenv().getOrDefault(VARIABLE, "") + token + ";");
        return marked;
    }
}
