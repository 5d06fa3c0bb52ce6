package dev.railiance.stage1;

import dev.railiance.contract.AppContract;
import dev.railiance.contract.Dependency;
import dev.railiance.contract.SecretReference;
import dev.railiance.contract.value.SecretLocation;
import dev.railiance.effect.Prerequisite;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.Processes;
import dev.railiance.promotion.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the checks of dependencies that are looked at from this machine, as Stage 1 makes its own; secrets by name alone. */
public final class DependencyChecks {

    private final Processes processes;
    private final Map<String, String> environment;
    private final Cancellation cancellation;

    /**
     * Checks that start their programs here.
     *
     * @param environment of this process; programs get only what the contract lets through
     */
    public DependencyChecks(Processes processes, Map<String, String> environment, Cancellation cancellation) {
        this.processes = processes;
        this.environment = environment;
        this.cancellation = cancellation;
    }

    /** Each dependency with a check, and each secret outside the cluster that a stage needs. */
    public List<Prerequisite> of(AppContract contract, Path repository, int stage) {
        List<Prerequisite> found = new ArrayList<>();
        Optional<Repository> root = root(repository);
        for (Dependency dependency : contract.dependencies()) {
            if (dependency.probe() instanceof Dependency.Probe.ByCheck by && root.isPresent()) {
                found.add(dependency(dependency, checks(root.get()).make(by.check())));
            }
        }
        contract.secrets().stream()
                .filter(secret -> secret.neededIn().contains(stage))
                .forEach(secret -> secret(secret, root).ifPresent(found::add));
        return found;
    }

    private static Optional<Repository> root(Path repository) {
        try {
            return Optional.of(new Repository(repository.toRealPath()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Checks checks(Repository root) {
        return new Checks(
                root,
                new Commands(processes, root, environment, cancellation, OutputSink.NONE),
                new Programs(environment.getOrDefault("PATH", "")),
                Optional.empty(),
                System::nanoTime,
                cancellation,
                OutputSink.NONE);
    }

    private static Prerequisite dependency(Dependency dependency, Finding finding) {
        String name = "dependency " + dependency.name();
        String reason = finding.reason().orElse("its check passed");
        if (finding.passed()) {
            return Prerequisite.met(name, reason);
        }
        if (!dependency.required()) {
            return Prerequisite.skipped(name, reason + "; it is not required");
        }
        return finding.verdict() == Verdict.FAILED
                ? Prerequisite.unmet(name, reason, "")
                : Prerequisite.unknown(name, reason, "");
    }

    private Optional<Prerequisite> secret(SecretReference secret, Optional<Repository> root) {
        String name = "secret " + secret.name();
        return switch (secret.location()) {
            // The deployer asks the cluster.
            case SecretLocation.Kubernetes kubernetes -> Optional.empty();
            case SecretLocation.Environment variable ->
                Optional.of(
                        environment.containsKey(variable.variable())
                                ? Prerequisite.met(name, variable.variable() + " is set")
                                : Prerequisite.unmet(name, variable.variable() + " is not set", ""));
            case SecretLocation.Sops sops ->
                Optional.of(
                        root.flatMap(repository -> repository.existing(sops.file()))
                                        .isPresent()
                                ? Prerequisite.met(name, sops.file() + " is there")
                                : Prerequisite.unmet(name, sops.file() + " is not there", ""));
            case SecretLocation.Vault vault ->
                Optional.of(Prerequisite.skipped(name, "Vault is not asked: its keys are the app's to read"));
        };
    }
}
