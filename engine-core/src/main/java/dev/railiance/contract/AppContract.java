package dev.railiance.contract;

import java.util.List;
import java.util.Optional;

/**
 * A valid {@code railiance/app.toml}, with every default filled in. A section that the file leaves out is present with
 * its defaults, except {@code deploy}: without it there is nothing to deploy and Stages 2 and 3 cannot begin.
 *
 * @param schema the contract version, {@code railiance.app.v1}
 */
public record AppContract(
        String schema,
        AppIdentity app,
        Owner owner,
        Source source,
        Artifact artifact,
        Optional<Deploy> deploy,
        List<Dependency> dependencies,
        List<SecretReference> secrets,
        Health health,
        Observability observability,
        Stage1 stage1,
        Stage2 stage2,
        Stage3 stage3,
        Rollback rollback,
        Approval approval,
        List<Freeze> freeze,
        List<Notification> notifications) {

    public AppContract {
        dependencies = List.copyOf(dependencies);
        secrets = List.copyOf(secrets);
        freeze = List.copyOf(freeze);
        notifications = List.copyOf(notifications);
    }
}
