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

    /** One with a canary that gets its traffic in two steps and is judged by two gates. */
    static Path observable(Path parent) throws IOException {
        return with(parent, """
                schema = "railiance.app.v1"

                [app]
                name = "shop"

                [owner]
                team = "web"

                [artifact]
                image = "registry.example.org/web/shop"
                tag = "1.0.0"
                policy = "tag-allowed"

                [deploy]
                chart = "chart"
                namespace = "shop"

                [stage1]

                [[stage1.commands]]
                name = "build"
                argv = ["true"]

                [stage2]
                mode = "weighted"
                router = "replicas"
                steps = [{ weight = 25, hold = "5m" }, { weight = 50, hold = "10m" }]

                [[stage2.gates]]
                name = "pods"
                kind = "pods"

                [[stage2.gates]]
                name = "errors"
                kind = "metric"
                query = "sum(rate(http_requests_total{track='$TRACK',code=~'5..'}[1m]))"
                comparison = "<"
                limit = 0.01
                samples = 10
                interval = "30s"
                required = false

                [observability]
                prometheus = "http://127.0.0.1:9090"

                [rollback]
                strategy = "helm-revision"
                """);
    }

    /** One with this contract. */
    static Path with(Path parent, String contract) throws IOException {
        Path repository = Files.createDirectories(parent.resolve("shop"));
        Files.createDirectories(repository.resolve("railiance"));
        Files.writeString(repository.resolve("railiance/app.toml"), contract);
        return repository;
    }
}
