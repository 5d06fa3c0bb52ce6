package dev.railiance.helm;

import dev.railiance.process.AllowedEnvironment;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.Processes;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterEnvironment;
import dev.railiance.tool.PrivateHome;
import dev.railiance.tool.Tool;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code helm} on PATH, Helm 3 or 4, in a home of ours: it finds no plugin and no repository of the user's. Safe for
 * several threads.
 */
public final class Helm {

    static final String PROGRAM = "helm";

    private final Tool tool;

    private Helm(Processes processes, PrivateHome home, Map<String, String> environment, Path kubeconfig) {
        Map<String, String> own = new TreeMap<>(environment);
        own.put("HOME", home.directory().toString());
        own.put("KUBECONFIG", kubeconfig.toString());
        own.put("HELM_CACHE_HOME", home.directory().resolve("cache").toString());
        own.put("HELM_CONFIG_HOME", home.directory().resolve("config").toString());
        own.put("HELM_DATA_HOME", home.directory().resolve("data").toString());
        own.put("HELM_PLUGINS", home.directory().resolve("plugins").toString());
        tool = new Tool(processes, home.directory(), own);
    }

    /**
     * Helm for work on this machine: it finds no cluster.
     *
     * @param environment of this process; Helm sees PATH and the locale of it, and none of its HELM_ variables
     */
    public static Helm withoutCluster(Processes processes, Map<String, String> environment, PrivateHome home) {
        return new Helm(
                processes,
                home,
                AllowedEnvironment.of(environment, List.of()),
                home.directory().resolve("no-cluster"));
    }

    /**
     * Helm for work on a cluster.
     *
     * @param environment of this process, of which {@link ClusterEnvironment} chooses
     * @param allowed more names of variables that Helm may see
     */
    public static Helm onCluster(
            Processes processes, Map<String, String> environment, Collection<String> allowed, PrivateHome home) {
        Map<String, String> chosen = ClusterEnvironment.of(environment, allowed, home);
        return new Helm(
                processes,
                home,
                chosen,
                Path.of(chosen.getOrDefault(
                        "KUBECONFIG", home.directory().resolve("no-cluster").toString())));
    }

    /**
     * Runs an operation to its end.
     *
     * @param diagnostics gets what Helm writes to its error stream, for a person to read
     */
    public <T> Answer<T> run(HelmOperation<T> operation, OutputSink diagnostics, Cancellation cancellation) {
        return tool.run(operation, diagnostics, cancellation);
    }

    /** Asks which Helm it is; what its command line is like follows from that. */
    public Answer<HelmFlags> flags(Cancellation cancellation) {
        return run(HelmVersion.ASK, OutputSink.NONE, cancellation).then(version -> Answer.done(new HelmFlags(version)));
    }
}
