package dev.railiance.kubectl;

import dev.railiance.process.Captured;
import dev.railiance.tool.Answer;
import dev.railiance.tool.ClusterNamespace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code kubectl apply --dry-run=server}: has the API server check objects without keeping them. Answers with their names,
 * for instance {@code deployment.apps/web}.
 *
 * @param manifests a file, which only its owner should be able to read: see {@link dev.railiance.tool.PrivateHome#write}
 */
public record ApplyDryRun(ClusterNamespace namespace, Path manifests) implements KubectlOperation<List<String>> {

    @Override
    public String name() {
        return "kubectl apply --dry-run";
    }

    @Override
    public List<String> arguments() {
        List<String> arguments =
                new ArrayList<>(List.of("apply", "--dry-run=server", "--filename=" + manifests, "--output=name"));
        arguments.addAll(KubectlOperation.place(namespace));
        return List.copyOf(arguments);
    }

    @Override
    public Duration timeLimit() {
        return Duration.ofMinutes(2);
    }

    @Override
    public Answer<List<String>> read(Captured stdout) {
        List<String> names = stdout.text().lines().toList();
        return !names.isEmpty()
                        && names.stream().allMatch(name -> name.matches("[a-z0-9.]{1,200}/[-a-zA-Z0-9.:]{1,253}"))
                ? Answer.done(names)
                : unreadable("named no object");
    }
}
