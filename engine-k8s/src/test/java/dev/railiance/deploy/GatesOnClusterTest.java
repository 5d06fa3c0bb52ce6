package dev.railiance.deploy;

import static dev.railiance.deploy.Told.assertHolds;
import static dev.railiance.deploy.Told.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railiance.DeployRequest;
import dev.railiance.DeployRequest.Mode;
import dev.railiance.EngineSettings;
import dev.railiance.ObserveRequest;
import dev.railiance.PromotionEngine;
import dev.railiance.RunRequest;
import dev.railiance.helm.RealHelm;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.process.Cancellation;
import dev.railiance.process.ProcessTrees;
import dev.railiance.projection.Stage2DeployResult;
import dev.railiance.projection.Stage2ObserveResult;
import dev.railiance.projection.Stage2ObserveResult.Target;
import dev.railiance.prometheus.ReachedPrometheus;
import dev.railiance.promotion.Actor;
import dev.railiance.tool.RealCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A canary that is judged by what a real Prometheus has scraped from its pods, on a real cluster with real traffic. */
@Tag("e2e")
@Timeout(240)
class GatesOnClusterTest {

    /** What chi-squared with one degree of freedom exceeds once in a thousand times. */
    private static final double CHI_SQUARED_ONE_IN_A_THOUSAND = 10.83;

    private static final int REQUESTS = 400;

    private static final String GATES = """

            [[stage2.gates]]
            name = "pods"
            kind = "pods"

            [[stage2.gates]]
            name = "errors"
            kind = "metric"
            query = "(sum(rate(http_requests_total{track='$TRACK',code=~'5..'}[5s])) or vector(0)) / sum(rate(http_requests_total{track='$TRACK'}[5s]))"
            comparison = "<"
            limit = 0.05
            samples = 8
            interval = "1s"

            [[stage2.gates]]
            name = "latency"
            kind = "compare"
            query = "sum(rate(http_request_duration_seconds_sum{track='$TRACK'}[5s])) / sum(rate(http_request_duration_seconds_count{track='$TRACK'}[5s]))"
            direction = "lower-is-better"
            tolerance = 3.0
            samples = 15
            interval = "1s"

            [observability]
            prometheus = "PROMETHEUS"

            [rollback]
            strategy = "helm-revision"
            automatic = true
            """;

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void helm3GivesAGoodCanaryItsShareStepByStepAndItPasses() throws IOException {
        assertPasses("it-gates-helm-3", RealHelm.three());
    }

    @Test
    void helm4GivesAGoodCanaryItsShareStepByStepAndItPasses() throws IOException {
        assertPasses("it-gates-helm-4", RealHelm.four(directory));
    }

    private void assertPasses(String namespace, Optional<Path> helm) throws IOException {
        try (Scene scene = scene(namespace, "v2", helm);
                PromotionEngine engine = scene.engine()) {
            done(engine.run(RunRequest.of(scene.repository.directory())));
            assertEquals("deployed", scene.deploy(engine, false).outcome());
            assertEquals("waiting", scene.observe(engine).outcome());
            assertEquals(25, scene.deploy(engine, false).routing().weight());
            scene.assertSplit(0.25);
            try (Traffic traffic = scene.traffic()) {
                Stage2DeployResult passed = scene.deploy(engine, true);
                assertEquals("passed", passed.outcome(), () -> passed.reason().orElse(""));
                assertEquals(50, passed.routing().weight());
                assertEquals("approved", passed.phase());
                assertEquals(0, traffic.count("none"));
            }
            scene.assertSplit(0.5);
            Stage2ObserveResult seen = scene.observe(engine);
            assertEquals("passed", seen.outcome());
            assertEquals(3, seen.canary().orElseThrow().ready());
            for (Target gate : seen.gates()) {
                assertEquals("pass", gate.seen().orElseThrow().verdict(), gate::toString);
            }
        }
    }

    @Test
    void aCanaryThatFailsRequestsIsTakenAwayAndOnlyItsOwnRequestsHaveFailed() throws IOException {
        try (Scene scene = scene("it-gates-errors", "errors");
                PromotionEngine engine = scene.engine()) {
            Stage2DeployResult refused = scene.followed(engine);
            assertEquals("rolled-back", refused.outcome());
            assertTrue(refused.reason().orElseThrow().startsWith("gate errors failed: "), refused::toString);
            assertEquals("rolled-back", refused.phase());
            assertEquals(List.of("demo-web", "demo-web-routing"), scene.releases());
        }
    }

    @Test
    void aCanaryThatIsSlowerIsTakenAway() throws IOException {
        try (Scene scene = scene("it-gates-slow", "slow");
                PromotionEngine engine = scene.engine()) {
            Stage2DeployResult refused = scene.followed(engine);
            assertEquals("rolled-back", refused.outcome());
            assertTrue(refused.reason().orElseThrow().startsWith("gate latency failed: worse"), refused::toString);
            assertEquals(List.of("demo-web", "demo-web-routing"), scene.releases());
        }
    }

    @Test
    void withoutTrafficOrWithoutPrometheusNothingAdvances() throws IOException {
        try (Scene scene = scene("it-gates-hold", "v2");
                PromotionEngine engine = scene.engine()) {
            done(engine.run(RunRequest.of(scene.repository.directory())));
            scene.deploy(engine, false);
            scene.deploy(engine, false);
            RealCluster.until(
                    () -> scene.verdict(engine, "errors").contains("hold: some samples are no finite numbers"),
                    "a gate that holds for want of traffic");
            scene.prometheus.stop();
            RealCluster.until(
                    () -> scene.verdict(engine, "errors").contains("hold: Prometheus cannot be reached"),
                    "a gate that holds for want of Prometheus");
            assertEquals(25, scene.deploy(engine, false).routing().weight());
            scene.prometheus.start();
            try (Traffic traffic = scene.traffic()) {
                assertEquals("passed", scene.deploy(engine, true).outcome());
                assertTrue(traffic.count("v2") > 0);
            }
        }
    }

    private Scene scene(String namespace, String tag) throws IOException {
        return scene(namespace, tag, RealHelm.three());
    }

    private Scene scene(String namespace, String tag, Optional<Path> helm) throws IOException {
        assumeTrue(ScrapingPrometheus.program().isPresent(), "no prometheus on PATH");
        assumeTrue(
                helm.isPresent(),
                "Helm 3 is brought by the build and runs on linux/amd64 only; RAILIANCE_TEST_HELM4 names a Helm 4");
        RealCluster cluster = RealCluster.assume(processes, directory, namespace);
        cluster.createNamespace();
        var prometheus = new ScrapingPrometheus(directory, cluster);
        Map<String, String> tools = cluster.tools(helm.get());
        var repository = DemoRepository.make(
                directory,
                processes,
                namespace,
                tag,
                "replicas",
                DemoRepository.weighted("replicas") + GATES.replace("PROMETHEUS", prometheus.address()));
        repository.installStable(tools, namespace, "v1", 3);
        return new Scene(cluster, prometheus, repository, tools);
    }

    private final class Scene implements AutoCloseable {

        private final RealCluster cluster;
        private final ScrapingPrometheus prometheus;
        private final DemoRepository repository;
        private final Map<String, String> tools;

        Scene(
                RealCluster cluster,
                ScrapingPrometheus prometheus,
                DemoRepository repository,
                Map<String, String> tools) {
            this.cluster = cluster;
            this.prometheus = prometheus;
            this.repository = repository;
            this.tools = tools;
        }

        PromotionEngine engine() {
            return PromotionEngine.open(new EngineSettings(
                            new LedgerLocation.Embedded(directory.resolve("ledger")),
                            new Actor("ada"),
                            "runner-7",
                            tools,
                            InstantSource.system(),
                            Optional.empty())
                    .withDeployers(HelmDeployer::create)
                    .withMetricSources(ReachedPrometheus::create));
        }

        Stage2DeployResult deploy(PromotionEngine engine, boolean follow) {
            Stage2DeployResult result = done(engine.deploy(new DeployRequest(
                    repository.directory(),
                    repository.directory().resolve("railiance/app.toml"),
                    Mode.APPLY,
                    follow,
                    Optional.empty(),
                    new Cancellation(),
                    System.out::println)));
            assertHolds(result.schema(), result);
            return result;
        }

        /** From Stage 1 to the first share by hand, then to the end with traffic. */
        Stage2DeployResult followed(PromotionEngine engine) {
            done(engine.run(RunRequest.of(repository.directory())));
            deploy(engine, false);
            deploy(engine, false);
            try (Traffic traffic = traffic()) {
                Stage2DeployResult end = deploy(engine, true);
                assertEquals(0, traffic.count("none"));
                long failed = traffic.count("500");
                RealCluster.until(() -> Traffic.answer(url()).contains("v1"), "stable alone");
                IntStream.range(0, 20)
                        .forEach(i -> assertTrue(Traffic.answer(url()).contains("v1")));
                assertTrue(failed < traffic.count("v1"));
                return end;
            }
        }

        Stage2ObserveResult observe(PromotionEngine engine) {
            Stage2ObserveResult result = done(engine.observe(new ObserveRequest(
                    repository.directory(), Optional.empty(), true, Optional.empty(), new Cancellation(), line -> {})));
            assertHolds(result.schema(), result);
            return result;
        }

        String verdict(PromotionEngine engine, String gate) {
            Stage2ObserveResult result = observe(engine);
            assertEquals("waiting", result.outcome());
            return result.gates().stream()
                    .filter(target -> target.name().equals(gate))
                    .flatMap(target -> target.seen().stream())
                    .map(seen -> seen.verdict() + ": " + seen.reason())
                    .findFirst()
                    .orElse("");
        }

        /** Once the entry answers: where the first step has just made it, its proxy hears of it a moment later. */
        Traffic traffic() {
            String url = url();
            RealCluster.until(() -> !Traffic.answer(url).equals("none"), "an entry that answers");
            return new Traffic(url);
        }

        String url() {
            return "http://"
                    + cluster.kubectl(
                            "get",
                            "service",
                            "demo-web",
                            "--namespace=" + cluster.namespace().name(),
                            "--output=jsonpath={.spec.clusterIP}")
                    + "/";
        }

        /** Requests that really went to the canary, against its share. */
        void assertSplit(double share) {
            String url = url();
            long canary = IntStream.range(0, REQUESTS)
                    .filter(i -> Traffic.answer(url).contains("v2"))
                    .count();
            double expected = REQUESTS * share;
            double difference = canary - expected;
            double chiSquared = difference * difference / expected + difference * difference / (REQUESTS - expected);
            assertTrue(
                    chiSquared < CHI_SQUARED_ONE_IN_A_THOUSAND,
                    () -> canary + " of " + REQUESTS + " requests at " + share);
        }

        List<String> releases() {
            return repository
                    .run(
                            tools,
                            List.of(
                                    "helm",
                                    "list",
                                    "--short",
                                    "--namespace=" + cluster.namespace().name()))
                    .lines()
                    .sorted()
                    .toList();
        }

        @Override
        public void close() {
            prometheus.close();
            cluster.close();
        }
    }
}
