package dev.railiance.kubectl;

import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.Processes;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterEnvironment;
import dev.railiance.tool.PrivateHome;
import dev.railiance.tool.Tool;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The {@code kubectl} on PATH, in a home of ours: it finds no plugin, alias or cache of the user's. Safe for several threads. */
public final class Kubectl {

    static final String PROGRAM = "kubectl";

    private final Tool tool;

    /**
     * Creates the tool; nothing is run yet.
     *
     * @param environment of this process, of which {@link ClusterEnvironment} chooses
     * @param allowed more names of variables that kubectl may see
     * @param home where kubectl keeps what it learns of the API server: calls after the first are faster
     */
    public Kubectl(Processes processes, Map<String, String> environment, Collection<String> allowed, PrivateHome home) {
        Map<String, String> own = new TreeMap<>(ClusterEnvironment.of(environment, allowed, home));
        // A user's preferences may change what a command means.
        own.put("KUBERC", "off");
        tool = new Tool(processes, home.directory(), own);
    }

    /**
     * Runs an operation to its end.
     *
     * @param diagnostics gets what kubectl writes to its error stream, for a person to read
     */
    public <T> Answer<T> run(KubectlOperation<T> operation, OutputSink diagnostics, Cancellation cancellation) {
        return tool.run(operation, diagnostics, cancellation);
    }

    /** Opens a way to a pod or service; see {@link PortForward#open}. */
    Tool tool() {
        return tool;
    }
}
