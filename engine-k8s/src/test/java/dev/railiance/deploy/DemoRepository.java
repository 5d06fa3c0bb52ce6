package dev.railiance.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessOutcome;
import dev.railiance.process.ProcessRequest;
import dev.railiance.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A repository of the demo app, with the overlay's chart, committed. */
record DemoRepository(Path directory, Processes processes) {

    private static final Path CHART = Path.of("src/main/resources/dev/railiance/overlay/template/chart");

    static final String ISOLATED = "mode = \"isolated\"";

    /** Steps that are due at once. */
    static String weighted(String router) {
        return """
                mode = "weighted"
                router = "%s"
                steps = [{ weight = 25, hold = "1s" }, { weight = 50, hold = "1s" }]
                """.formatted(router);
    }

    /** One whose app runs an image of this tag, and whose canary is as told. */
    static DemoRepository make(
            Path parent,
            Processes processes,
            String namespace,
            String tag,
            String router,
            String stage2,
            String... environment)
            throws IOException {
        return make(parent, processes, namespace, tag, router, stage2, Map.of(), environment);
    }

    /** The same with more files. */
    static DemoRepository make(
            Path parent,
            Processes processes,
            String namespace,
            String tag,
            String router,
            String stage2,
            Map<String, String> files,
            String... environment)
            throws IOException {
        Path directory = Files.createDirectories(parent.resolve("demo-web-" + tag));
        copy(CHART, directory.resolve("chart"));
        Files.createDirectories(directory.resolve("values"));
        Files.writeString(
                directory.resolve("values/base.yaml"), """
                name: demo-web
                image: { repository: demo-web, tag: %s, digest: "" }
                port: 8080
                replicaCount: 1
                routing: { router: %s, host: demo.example.org }
                disruptionBudget: { enabled: true }
                env: { %s }
                probes:
                  startup: { path: /healthz, periodSeconds: 1, timeoutSeconds: 2, failureThreshold: 60 }
                  readiness: { path: /readyz, periodSeconds: 1, timeoutSeconds: 2, failureThreshold: 3 }
                """.formatted(tag, router, String.join(", ", environment)));
        Files.createDirectories(directory.resolve("railiance"));
        Files.writeString(directory.resolve("railiance/app.toml"), """
                schema = "railiance.app.v1"

                [app]
                name = "demo-web"

                [owner]
                team = "web"

                [artifact]
                image = "demo-web"
                tag = "%s"
                policy = "tag-allowed"

                [deploy]
                chart = "chart"
                namespace = "%s"
                values = ["values/base.yaml"]
                timeout = "40s"

                [stage1]

                [[stage1.commands]]
                name = "build"
                argv = ["true"]
                timeout = "10s"

                [stage2]
                %s
                """.formatted(tag, namespace, stage2));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
        var made = new DemoRepository(directory, processes);
        made.git("init", "-q");
        made.git("add", "-A");
        made.git("-c", "user.name=ada", "-c", "user.email=ada@example.org", "commit", "-q", "-m", "Begin");
        return made;
    }

    private void git(String... arguments) {
        run(
                Map.of("PATH", "/usr/bin:/bin", "HOME", directory.toString()),
                Stream.concat(Stream.of("git"), Stream.of(arguments)).toList());
    }

    /** Has the contract allow no other context. */
    void allowContext(String name) throws IOException {
        Path contract = directory.resolve("railiance/app.toml");
        Files.writeString(
                contract,
                Files.readString(contract).replace("[deploy]\n", "[deploy]\ncontexts = [\"" + name + "\"]\n"));
        git("-c", "user.name=ada", "-c", "user.email=ada@example.org", "commit", "-q", "-a", "-m", "Allow a context");
    }

    /** Installs the running version by hand. */
    void installStable(Map<String, String> environment, String namespace, String tag, int replicas) {
        install(environment, namespace, "demo-web", "stable", tag, replicas);
    }

    /** Installs a release by hand. */
    void install(
            Map<String, String> environment, String namespace, String release, String track, String tag, int replicas) {
        run(
                environment,
                List.of(
                        "helm",
                        "upgrade",
                        "--install",
                        release,
                        "chart",
                        "--namespace=" + namespace,
                        "--values=values/base.yaml",
                        "--set=railiance.track=" + track + ",image.tag=" + tag + ",replicaCount=" + replicas,
                        "--wait",
                        "--timeout=90s"));
    }

    /** Runs a program in it, which has to succeed; what it printed. */
    String run(Map<String, String> environment, List<String> argv) {
        ProcessOutcome outcome = processes.run(
                new ProcessRequest(
                        argv,
                        directory,
                        environment,
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(1),
                        1 << 20,
                        OutputSink.NONE),
                new Cancellation());
        var exited = assertInstanceOf(ProcessOutcome.Exited.class, outcome);
        assertEquals(0, exited.code(), exited.stderr().text());
        return exited.stdout().text();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }
}
