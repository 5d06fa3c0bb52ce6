package dev.railiance.kubectl;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Arguments;
import dev.railiance.tool.ClusterNamespace;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code kubectl auth can-i}: whether the credentials give a right.
 *
 * @param verb for instance {@code create}
 * @param resource in the plural and with its group, for instance {@code deployments.apps}
 */
public record CanI(ClusterNamespace namespace, String verb, String resource) implements KubectlOperation<Boolean> {

    public CanI {
        Arguments.requireNoOption(verb);
        Arguments.requireNoOption(resource);
    }

    @Override
    public String name() {
        return "kubectl auth can-i";
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("auth", "can-i", verb, resource));
        arguments.addAll(KubectlOperation.place(namespace));
        return List.copyOf(arguments);
    }

    @Override
    public Answer<Boolean> read(Captured stdout) {
        return stdout.text().strip().equals("yes") ? Answer.done(true) : unreadable("said neither yes nor no");
    }

    /** No is an exit code of 1, like everything else that goes wrong. */
    @Override
    public Answer<Boolean> explain(int exitCode, Captured stdout, Captured stderr) {
        String words = stdout.text().strip();
        return exitCode == 1 && (words.equals("no") || words.startsWith("no - "))
                ? Answer.done(false)
                : KubectlOperation.super.explain(exitCode, stdout, stderr);
    }
}
