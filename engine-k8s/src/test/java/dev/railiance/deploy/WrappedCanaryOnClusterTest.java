package dev.railiance.deploy;

import static dev.railiance.deploy.Told.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railiance.DeployRequest;
import dev.railiance.DeployRequest.Mode;
import dev.railiance.PromotionEngine;
import dev.railiance.RunRequest;
import dev.railiance.helm.RealHelm;
import dev.railiance.overlay.Overlay;
import dev.railiance.overlay.OverlayArguments;
import dev.railiance.overlay.OverlayTemplate;
import dev.railiance.process.ProcessTrees;
import dev.railiance.projection.Stage2DeployResult;
import dev.railiance.promotion.TrafficShare;
import dev.railiance.tool.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A canary around the upstream's chart, as {@code create-overlay} writes it: what traffic it gets is read back. */
@Tag("e2e")
class WrappedCanaryOnClusterTest {

    private static final Path CHARTS = Path.of("src/test/resources/dev/railiance/overlay/chart");

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void aRouterSharesTheTrafficOfPodsThatOnlyTheUpstreamNames() throws IOException {
        for (String router : List.of("traefik", "gateway-api")) {
            assertEquals(TrafficShare.routed(50), shared("podinfo", "podinfo:6.9.1", router));
        }
    }

    @Test
    void podsShareTheTrafficWhoseTrackNoLabelTells() throws IOException {
        assertEquals(TrafficShare.ofPods(3, 3), shared("upstream", "sample-upstream:4.5.6", "replicas"));
    }

    /** What is read back at the last step, 50 %. */
    private TrafficShare shared(String upstream, String chart, String router) throws IOException {
        Optional<Path> helm = RealHelm.three();
        assumeTrue(helm.isPresent(), "the Helm 3 that the build brings runs on linux/amd64 only");
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-wrapped-" + router)) {
            Path own = Files.createDirectory(directory.resolve(router));
            var production = new Production(own, processes, cluster, helm.get());
            cluster.createNamespace();
            var repository = overlay(cluster.namespace().name(), upstream, chart, router);
            repository.run(
                    production.tools(),
                    List.of(
                            "helm",
                            "install",
                            "demo",
                            "chart",
                            "--namespace=" + cluster.namespace().name(),
                            "--values=values/base.yaml,values/stage3.yaml",
                            "--set=upstream.image.repository=docker.io/library/demo-web,upstream.image.tag=v1",
                            "--wait",
                            "--timeout=90s"));
            try (PromotionEngine engine = production.engine()) {
                done(engine.run(RunRequest.of(repository.directory())));
                RealCluster.until(() -> deploy(engine, repository).routing().weight() == 50, "the last step");
                assertEquals("v1", answer(cluster, "demo-stable"));
                assertEquals("v2", answer(cluster, "demo-canary"));
                TrafficShare share =
                        deploy(engine, repository).routing().actual().orElseThrow();
                assertEquals("rolled-back", production.abort(engine, repository).outcome());
                return share;
            }
        }
    }

    private static Stage2DeployResult deploy(PromotionEngine engine, DemoRepository repository) {
        return done(engine.deploy(DeployRequest.of(repository.directory(), Mode.APPLY)));
    }

    /** The version that answers for a service. */
    private static String answer(RealCluster cluster, String service) {
        String namespace = "--namespace=" + cluster.namespace().name();
        String ip = cluster.kubectl("get", "service", service, namespace, "--output=jsonpath={.spec.clusterIP}");
        return Traffic.answer("http://" + ip + "/").replaceAll(".* version=(\\S+) .*", "$1");
    }

    private DemoRepository overlay(String namespace, String upstream, String chart, String router) throws IOException {
        Path root = directory.resolve(router).resolve("demo");
        done(OverlayArguments.of(new OverlayArguments.Words(
                        "demo",
                        "https://git.example.org/web/demo",
                        "v2",
                        Optional.of("docker.io/library/demo-web:v2"),
                        Optional.empty(),
                        Optional.of("https://charts.example.org/web/" + chart),
                        Optional.of(router),
                        Optional.empty()))
                .then(arguments -> new Overlay(OverlayTemplate.current(), arguments, root).write(false, false)));
        copy(CHARTS.resolve(upstream), root.resolve("chart/charts").resolve(chart.substring(0, chart.indexOf(':'))));
        edit(root.resolve("railiance/app.toml"), "namespace = \".*\"", "namespace = \"" + namespace + "\"");
        edit(root.resolve("railiance/app.toml"), "hold = \"..?m\"", "hold = \"1s\"");
        if (upstream.equals("podinfo")) {
            Path values = root.resolve("values/base.yaml");
            edit(values, "name: upstream, app.kubernetes.io/instance: (.*) }", "name: $1-upstream }");
            Files.writeString(values, Files.readString(values) + "upstream: { service: { httpPort: 8080 } }\n");
        }
        var repository = new DemoRepository(root, processes);
        repository.run(Map.of("PATH", "/usr/bin:/bin", "HOME", directory.toString()), List.of("sh", "-c", """
                git init -q && git add -A && git add -f chart/charts &&
                git -c user.name=ada -c user.email=ada@example.org commit -q -m Begin
                """));
        return repository;
    }

    private static void edit(Path file, String what, String with) throws IOException {
        Files.writeString(file, Files.readString(file).replaceAll(what, with));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
