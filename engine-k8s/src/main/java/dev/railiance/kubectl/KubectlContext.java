package dev.railiance.kubectl;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code kubectl config view --minify}: where a context of the kubeconfig leads. Asks no server, and takes three fields out of
 * the kubeconfig: no credential and no environment of a credential program gets here.
 *
 * @param context the current one when empty
 */
public record KubectlContext(Optional<String> context) implements KubectlOperation<KubectlContext.Target> {

    /**
     * Where it leads.
     *
     * @param server without a user or password that the kubeconfig may have in it
     * @param namespace that calls without one go to
     */
    public record Target(String context, URI server, String namespace) {}

    @Override
    public String name() {
        return "kubectl config view";
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "config",
                "view",
                "--minify",
                "--output=jsonpath={.current-context}{\"\\n\"}{.clusters[0].cluster.server}{\"\\n\"}"
                        + "{.contexts[0].context.namespace}"));
        context.ifPresent(name -> arguments.add("--context=" + name));
        return List.copyOf(arguments);
    }

    @Override
    public Answer<Target> read(Captured stdout) {
        String[] lines = stdout.text().split("\n", -1);
        if (lines.length != 3 || lines[0].isEmpty()) {
            return unreadable("named no context");
        }
        try {
            URI server = new URI(lines[1]);
            if (server.getHost() == null) {
                return unreadable("named no server");
            }
            return Answer.done(new Target(
                    lines[0],
                    new URI(server.getScheme(), null, server.getHost(), server.getPort(), server.getPath(), null, null),
                    lines[2].isEmpty() ? "default" : lines[2]));
        } catch (URISyntaxException e) {
            // The exception quotes the address, and what may be in it.
            return unreadable("named no server");
        }
    }
}
