package dev.railiance.contract;

import java.util.List;
import java.util.Optional;

/**
 * What local validation does: commands in order, then the target with its checks, then the evidence to hash.
 *
 * @param commands run one after the other; the first that fails ends the stage
 * @param target the application to start for the checks, when there is one
 * @param checks what must hold while the target is ready
 * @param evidence glob patterns, relative to the repository, of the files whose digests are recorded
 */
public record Stage1(
        List<DeclaredCommand> commands, Optional<DeclaredTarget> target, List<Check> checks, List<String> evidence) {

    public Stage1 {
        commands = List.copyOf(commands);
        checks = List.copyOf(checks);
        evidence = List.copyOf(evidence);
    }
}
