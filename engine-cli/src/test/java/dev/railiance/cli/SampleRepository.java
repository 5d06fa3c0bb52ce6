package dev.railiance.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Repositories with small contracts. */
final class SampleRepository {

    private SampleRepository() {}

    /** One whose only command is this. */
    static Path running(Path parent, String... argv) throws IOException {
        return with(parent, """
                schema = "railiance.app.v1"

                [app]
                name = "shop"

                [owner]
                team = "web"

                [stage1]
                evidence = ["railiance/app.toml"]

                [[stage1.commands]]
                name = "build"
                argv = ["%s"]
                timeout = "60s"
                """.formatted(String.join("\", \"", argv)));
    }

    /** One whose Stage 2 wants one approval, signed or not, by anybody. */
    static Path approvable(Path parent) throws IOException {
        Path repository = with(parent, """
                schema = "railiance.app.v1"

                [app]
                name = "shop"

                [owner]
                team = "web"

                [stage1]

                [[stage1.commands]]
                name = "build"
                argv = ["true"]

                [approval.stage2]
                required = 1
                exclude_requester = false
                expires = "8h"
                signed = false
                """);
        Files.writeString(
                repository.resolve("railiance/allowed_signers"),
                "grace ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKpSzce9M3C0QEQuz1kaFmRkuiWWUhiONGBVx4SLzGUs\n");
        return repository;
    }

    /** One with this contract. */
    static Path with(Path parent, String contract) throws IOException {
        Path repository = Files.createDirectories(parent.resolve("shop"));
        Files.createDirectories(repository.resolve("railiance"));
        Files.writeString(repository.resolve("railiance/app.toml"), contract);
        return repository;
    }
}
