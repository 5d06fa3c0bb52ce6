package dev.railiance.deploy;

import static dev.railiance.deploy.Told.assertHolds;
import static dev.railiance.deploy.Told.code;
import static dev.railiance.deploy.Told.done;
import static dev.railiance.deploy.Told.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.railiance.AbortRequest;
import dev.railiance.DeployRequest;
import dev.railiance.DeployRequest.Mode;
import dev.railiance.EngineSettings;
import dev.railiance.PromotionEngine;
import dev.railiance.RunRequest;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Category;
import dev.railiance.failure.Failure.Code;
import dev.railiance.helm.RealHelm;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.process.Cancellation;
import dev.railiance.process.ProcessTrees;
import dev.railiance.projection.AbortResult;
import dev.railiance.projection.Stage2DeployResult;
import dev.railiance.projection.Stage2DeployResult.Check;
import dev.railiance.promotion.Actor;
import dev.railiance.tool.RealCluster;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A canary on a real cluster, by both real Helms: what is claimed is what is there. */
@Tag("e2e")
class CanaryOnClusterTest {

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void helm3SharesTheTrafficByPodsStepByStepAndTakesTheCanaryAway() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage2-helm-3")) {
            Optional<Path> bin = RealHelm.three();
            assumeTrue(bin.isPresent(), "the Helm 3 that the build brings runs on linux/amd64 only");
            assertSharesByPods(cluster, cluster.tools(bin.get()));
        }
    }

    @Test
    void helm4SharesTheTrafficByPodsStepByStepAndTakesTheCanaryAway() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage2-helm-4")) {
            Optional<Path> bin = RealHelm.four(directory);
            assumeTrue(bin.isPresent(), "RAILIANCE_TEST_HELM4 does not name a Helm 4 program");
            assertSharesByPods(cluster, cluster.tools(bin.get()));
        }
    }

    private void assertSharesByPods(RealCluster cluster, Map<String, String> tools) throws IOException {
        cluster.createNamespace();
        String namespace = cluster.namespace().name();
        var repository = repository(namespace, "v2", "replicas", DemoRepository.weighted("replicas"));
        try (PromotionEngine engine = engine(tools)) {
            Stage2DeployResult early = deploy(engine, repository, Mode.PLAN);
            assertEquals("refused", early.outcome());
            assertEquals(List.of("stage 1", "release demo-web"), unmet(early));
            assertTrue(
                    early.checks().stream()
                            .flatMap(check -> check.fix().stream())
                            .anyMatch(fix -> fix.startsWith("helm install demo-web ")
                                    && fix.endsWith(",image.tag=RUNNING-TAG,image.digest=''")),
                    () -> early.checks().toString());

            repository.installStable(tools, namespace, "v1", 3);
            done(engine.run(RunRequest.of(repository.directory())));
            Stage2DeployResult plan = deploy(engine, repository, Mode.DRY_RUN);
            assertEquals("planned", plan.outcome(), () -> plan.checks().toString());
            assertTrue(plan.diff().orElseThrow().stream()
                    .anyMatch(change -> change.change().equals("added")
                            && change.kind().equals("Deployment")
                            && change.name().equals("demo-web-canary")));
            assertEquals("absent", releases(repository, tools, namespace).getOrDefault("demo-web-canary", "absent"));

            Stage2DeployResult deployed = deploy(engine, repository, Mode.APPLY);
            assertEquals("deployed", deployed.outcome());
            assertEquals(plan.planDigest(), deployed.planDigest());
            Stage2DeployResult quarter = deploy(engine, repository, Mode.APPLY);
            assertEquals("weighted", quarter.outcome());
            assertEquals(25, quarter.routing().weight());
            assertEquals(25.0, quarter.routing().actual().orElseThrow().percent());
            cluster.kubectl("scale", "deployment/demo-web-canary", "--replicas=3", "--namespace=" + namespace);
            Stage2DeployResult restored = deploy(engine, repository, Mode.APPLY);
            assertEquals("restored", restored.outcome());
            assertEquals(25.0, restored.routing().actual().orElseThrow().percent());
            RealCluster.until(
                    () -> deploy(engine, repository, Mode.APPLY).routing().weight() == 50, "the second step");
            Stage2DeployResult half = deploy(engine, repository, Mode.PLAN);
            assertEquals(50.0, half.routing().actual().orElseThrow().percent());
            assertEquals("canary-deployed", half.phase());
            assertTrue(
                    half.diff().orElseThrow().stream()
                            .noneMatch(change -> change.kind().equals("PodDisruptionBudget")),
                    "which is of another version before Kubernetes 1.21, and the chart is told of it");

            assertEquals("planned", abort(engine, repository, false).outcome());
            assertEquals("rolled-back", abort(engine, repository, true).outcome());
            assertEquals(Map.of("demo-web", "1", "demo-web-routing", "4"), releases(repository, tools, namespace));
            assertEquals(
                    "stable",
                    cluster.kubectl(
                            "get",
                            "service",
                            "demo-web",
                            "--namespace=" + namespace,
                            "--output=jsonpath={.spec.selector.railiance\\.dev/track}"));
        }
    }

    @Test
    void routersOfTraefikAndGatewayApiAreReadBackAsTheyAre() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage2-routers")) {
            Map<String, String> tools = cluster.tools(helm3());
            cluster.createNamespace();
            String namespace = cluster.namespace().name();
            for (String router : List.of("traefik", "gateway-api")) {
                var repository = DemoRepository.make(
                        directory.resolve(router), processes, namespace, "v2", router, DemoRepository.weighted(router));
                repository.installStable(tools, namespace, "v1", 1);
                try (PromotionEngine engine = engine(tools)) {
                    done(engine.run(RunRequest.of(repository.directory())));
                    assertEquals(
                            "deployed", deploy(engine, repository, Mode.APPLY).outcome());
                    for (int weight : List.of(25, 50)) {
                        RealCluster.until(
                                () -> deploy(engine, repository, Mode.APPLY)
                                                .routing()
                                                .weight()
                                        == weight,
                                weight + " %");
                        assertEquals(
                                (double) weight,
                                deploy(engine, repository, Mode.PLAN)
                                        .routing()
                                        .actual()
                                        .orElseThrow()
                                        .percent());
                        assertRouted(cluster, router, weight);
                    }
                    assertEquals("rolled-back", abort(engine, repository, true).outcome());
                }
            }
        }
    }

    /** The object that divides the traffic is, as the API server has it, what its golden file says. */
    private static void assertRouted(RealCluster cluster, String router, int weight) throws IOException {
        String kind = router.equals("traefik") ? "traefikservice.traefik.io" : "httproute.gateway.networking.k8s.io";
        var mapper = new JsonMapper();
        JsonNode spec = mapper.readTree(cluster.kubectl(
                "get", kind, "demo-web", "--namespace=" + cluster.namespace().name(), "--output=jsonpath={.spec}"));
        JsonNode golden =
                mapper.readTree(Path.of("src/test/resources/dev/railiance/deploy/" + router + "-" + weight + ".json")
                        .toFile());
        assertEquals(golden, spec);
    }

    @Test
    void anImageThatCrashesOrNeverBecomesReadyFailsWithThePodAndTheReasonAndNothingIsLeft() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage2-failing")) {
            Map<String, String> tools = cluster.tools(helm3());
            cluster.createNamespace();
            String namespace = cluster.namespace().name();
            for (String tag : List.of("crash", "bad")) {
                var repository = repository(namespace, tag, "none", DemoRepository.ISOLATED);
                try (PromotionEngine engine = engine(tools)) {
                    done(engine.run(RunRequest.of(repository.directory())));
                    Stage2DeployResult failed = deploy(engine, repository, Mode.APPLY);
                    assertEquals("failed", failed.outcome());
                    String reason = failed.reason().orElseThrow();
                    assertTrue(reason.contains("pod demo-web-canary-"), reason);
                    assertTrue(reason.contains(tag.equals("crash") ? "exit code 1" : "Unhealthy"), reason);
                    assertEquals("validated", failed.phase());
                    assertEquals(Map.of(), releases(repository, tools, namespace));
                }
            }
        }
    }

    @Test
    void aChartThatIsNotFitIsRefusedBeforeAnythingIsRecorded() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage2-chart")) {
            Map<String, String> tools = cluster.tools(helm3());
            cluster.createNamespace();
            for (String template : List.of("{{ fail \"not today\" }}", "")) {
                var repository = DemoRepository.make(
                        directory.resolve(template.isEmpty() ? "idle" : "failing"),
                        processes,
                        cluster.namespace().name(),
                        "v2",
                        "none",
                        DemoRepository.ISOLATED,
                        Map.of("chart/templates/deployment.yaml", template));
                try (PromotionEngine engine = engine(tools)) {
                    done(engine.run(RunRequest.of(repository.directory())));
                    for (Mode mode : List.of(Mode.PLAN, Mode.APPLY)) {
                        Stage2DeployResult refused = deploy(engine, repository, mode);
                        assertEquals("refused", refused.outcome());
                        assertEquals(List.of("chart for demo-web-canary"), unmet(refused));
                        assertEquals("validated", refused.phase());
                    }
                }
            }
        }
    }

    @Test
    void whoeverHasNoRightsOrNoServerIsToldSoBeforeAnythingHappens() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage2-rights")) {
            Map<String, String> tools = cluster.tools(helm3());
            cluster.createNamespace();
            var repository = repository(cluster.namespace().name(), "v2", "none", DemoRepository.ISOLATED);
            Map<String, String> account = cluster.withoutRights(tools);
            try (PromotionEngine engine = engine(account)) {
                done(engine.run(RunRequest.of(repository.directory())));
                Stage2DeployResult refused = deploy(engine, repository, Mode.APPLY);
                assertEquals("refused", refused.outcome());
                assertTrue(
                        unmet(refused).contains("rights"),
                        () -> refused.checks().toString());
                assertEquals("validated", refused.phase());
            }
            try (PromotionEngine engine = engine(cluster.withoutServer(tools))) {
                Stage2DeployResult errored = deploy(engine, repository, Mode.APPLY);
                assertEquals("errored", errored.outcome());
                assertEquals(List.of("cluster"), unmet(errored));
            }
            try (PromotionEngine engine = engine(account)) {
                grant(cluster, "most", "get,list,create,update,patch");
                Stage2DeployResult refused = deploy(engine, repository, Mode.APPLY);
                assertEquals(
                        List.of(Optional.of("the credentials may not delete deployments.apps; delete services;"
                                + " delete secrets in " + cluster.namespace().name())),
                        refused.checks().stream()
                                .filter(check -> check.name().equals("rights"))
                                .map(Check::reason)
                                .toList());
                grant(cluster, "rest", "delete");
                assertEquals("deployed", deploy(engine, repository, Mode.APPLY).outcome());
                assertEquals("rolled-back", abort(engine, repository, true).outcome());
            }
        }
    }

    /** To the account whose token {@link RealCluster#withoutRights} takes. */
    private static void grant(RealCluster cluster, String role, String verbs) {
        String namespace = cluster.namespace().name();
        cluster.kubectl(
                "create",
                "role",
                role,
                "--verb=" + verbs,
                "--resource=deployments.apps,services,secrets,serviceaccounts,pods,events,"
                        + "ingresses.networking.k8s.io,poddisruptionbudgets.policy",
                "--namespace=" + namespace);
        cluster.kubectl(
                "create",
                "rolebinding",
                role,
                "--role=" + role,
                "--serviceaccount=" + namespace + ":default",
                "--namespace=" + namespace);
    }

    @Test
    void whileOneDeploysAnotherIsToldSoAndWhoeverAbortsIsNotKeptWaiting() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage2-two")) {
            Map<String, String> tools = cluster.tools(helm3());
            cluster.createNamespace();
            String namespace = cluster.namespace().name();
            var repository = repository(namespace, "bad", "none", DemoRepository.ISOLATED);
            try (PromotionEngine engine = engine(tools)) {
                done(engine.run(RunRequest.of(repository.directory())));
                var first = CompletableFuture.supplyAsync(
                        () -> engine.deploy(DeployRequest.of(repository.directory(), Mode.APPLY)));
                RealCluster.until(
                        () -> releases(repository, tools, namespace).containsKey("demo-web-canary"), "the canary");
                assertEquals(
                        Code.PROMOTION_BUSY, code(engine.deploy(DeployRequest.of(repository.directory(), Mode.APPLY))));
                assertEquals("rolled-back", abort(engine, repository, true).outcome());
                assertEquals(Code.ATTEMPT_STALE, code(first.join()));
                assertEquals(Map.of(), releases(repository, tools, namespace));
            }
        }
    }

    @Test
    void anApiServerThatStopsInARolloutLeavesItOpenAndTheSameCommandCarriesItOn() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage2-cut");
                CuttableWay way = way(cluster)) {
            Map<String, String> direct = cluster.tools(helm3());
            Map<String, String> tools = new HashMap<>(direct);
            tools.put("KUBECONFIG", kubeconfig(cluster, way.port()));
            cluster.createNamespace();
            String namespace = cluster.namespace().name();
            var repository = repository(namespace, "v2", "none", DemoRepository.ISOLATED, "READY_DELAY_MS: \"8000\"");
            try (PromotionEngine engine = engine(tools)) {
                done(engine.run(RunRequest.of(repository.directory())));
                var first = CompletableFuture.supplyAsync(
                        () -> engine.deploy(DeployRequest.of(repository.directory(), Mode.APPLY)));
                RealCluster.until(
                        () -> releases(repository, direct, namespace).containsKey("demo-web-canary"), "the canary");
                way.cut();
                assertEquals(Code.CLUSTER_UNREACHABLE, code(first.join()));
                assertEquals("errored", deploy(engine, repository, Mode.APPLY).outcome());
                way.mend();
                Stage2DeployResult deployed = deploy(engine, repository, Mode.APPLY);
                assertEquals("deployed", deployed.outcome());
                assertEquals(1, deployed.release().orElseThrow().revision());
            }
        }
    }

    @Test
    void aHelmThatIsKilledLeavesAnAttemptOpenWhichTheSameCommandCarriesOn() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage2-helm-killed")) {
            Map<String, String> tools = cluster.tools(helm3());
            cluster.createNamespace();
            String namespace = cluster.namespace().name();
            var repository = repository(namespace, "v2", "none", DemoRepository.ISOLATED);
            try (PromotionEngine engine = engine(tools)) {
                done(engine.run(RunRequest.of(repository.directory())));
                var killed = CompletableFuture.supplyAsync(CanaryOnClusterTest::killHelmUpgrade);
                Failure failure = failure(engine.deploy(DeployRequest.of(repository.directory(), Mode.APPLY)));
                assertTrue(killed.join());
                assertEquals(Category.TOOL, failure.code().category(), failure::toString);
                assertEquals("railiance deploy --stage 2 --apply", failure.hint());
                assertEquals(
                        "canary-deploying",
                        deploy(engine, repository, Mode.PLAN).phase());

                Stage2DeployResult deployed = deploy(engine, repository, Mode.APPLY);
                assertEquals("deployed", deployed.outcome());
                assertEquals(
                        deployed.release().map(release -> String.valueOf(release.revision())),
                        Optional.ofNullable(
                                releases(repository, tools, namespace).get("demo-web-canary")));
                assertEquals("rolled-back", abort(engine, repository, true).outcome());
                assertEquals(Map.of(), releases(repository, tools, namespace));
            }
        }
    }

    @Test
    void whatSomebodyElseMakesOfTheCanaryIsNotTakenForOurs() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage2-changed")) {
            Map<String, String> tools = cluster.tools(helm3());
            cluster.createNamespace();
            String namespace = cluster.namespace().name();
            var repository = repository(namespace, "v2", "none", DemoRepository.ISOLATED, "READY_DELAY_MS: \"6000\"");
            try (PromotionEngine engine = engine(tools)) {
                done(engine.run(RunRequest.of(repository.directory())));
                var first = CompletableFuture.supplyAsync(
                        () -> failure(engine.deploy(DeployRequest.of(repository.directory(), Mode.APPLY))));
                RealCluster.until(
                        () -> releases(repository, tools, namespace).containsKey("demo-web-canary"),
                        "a first revision");
                repository.run(
                        tools,
                        List.of(
                                "helm",
                                "upgrade",
                                "demo-web-canary",
                                "chart",
                                "--namespace=" + namespace,
                                "--values=values/base.yaml",
                                "--set=railiance.track=canary,image.tag=v3"));
                assertEquals(Code.CHANGED_CONCURRENTLY, first.join().code());
                assertEquals("railiance deploy --stage 2 --apply", first.join().hint());

                Stage2DeployResult refused = deploy(engine, repository, Mode.APPLY);
                assertEquals(List.of("release demo-web-canary"), unmet(refused));
                assertEquals("canary-deploying", refused.phase());
                repository.run(tools, List.of("helm", "uninstall", "demo-web-canary", "--namespace=" + namespace));
                assertEquals("deployed", deploy(engine, repository, Mode.APPLY).outcome());
                assertEquals(
                        "demo-web:v2",
                        cluster.kubectl(
                                "get",
                                "deployment",
                                "demo-web-canary",
                                "--namespace=" + namespace,
                                "--output=jsonpath={.spec.template.spec.containers[0].image}"));
            }
        }
    }

    /** Strikes as soon as the engine has started one that changes something. */
    private static boolean killHelmUpgrade() {
        long giveUp = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < giveUp) {
            Optional<ProcessHandle> helm = ProcessHandle.current()
                    .descendants()
                    .filter(process -> process.info().commandLine().orElse("").contains("/helm upgrade"))
                    .findFirst();
            if (helm.isPresent()) {
                return helm.get().destroyForcibly();
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private static CuttableWay way(RealCluster cluster) throws IOException {
        URI server = URI.create(
                cluster.kubectl("config", "view", "--minify", "--output=jsonpath={.clusters[0].cluster.server}"));
        return new CuttableWay(server.getHost(), server.getPort());
    }

    /** The same cluster by another way; the name in its certificate stays. */
    private String kubeconfig(RealCluster cluster, int port) throws IOException {
        var mapper = new JsonMapper();
        JsonNode config =
                mapper.readTree(cluster.kubectl("config", "view", "--raw", "--flatten", "--minify", "--output=json"));
        ObjectNode target = (ObjectNode) config.path("clusters").path(0).path("cluster");
        target.put("tls-server-name", URI.create(target.path("server").asText()).getHost());
        target.put("server", "https://127.0.0.1:" + port);
        Path file = Files.createTempFile(directory, "kubeconfig", "");
        mapper.writeValue(file.toFile(), config);
        return file.toString();
    }

    private Path helm3() throws IOException {
        Optional<Path> bin = RealHelm.three();
        assumeTrue(bin.isPresent(), "the Helm 3 that the build brings runs on linux/amd64 only");
        return bin.get();
    }

    private DemoRepository repository(String namespace, String tag, String router, String stage2, String... environment)
            throws IOException {
        return DemoRepository.make(directory, processes, namespace, tag, router, stage2, environment);
    }

    private PromotionEngine engine(Map<String, String> environment) {
        return PromotionEngine.open(new EngineSettings(
                        new LedgerLocation.Embedded(directory.resolve("ledger")),
                        new Actor("ada"),
                        "runner-7",
                        environment,
                        InstantSource.system(),
                        Optional.empty())
                .withDeployers(HelmDeployer::create));
    }

    private static Stage2DeployResult deploy(PromotionEngine engine, DemoRepository repository, Mode mode) {
        Stage2DeployResult result = done(engine.deploy(DeployRequest.of(repository.directory(), mode)));
        assertHolds(result.schema(), result);
        return result;
    }

    private static AbortResult abort(PromotionEngine engine, DemoRepository repository, boolean apply) {
        AbortResult result = done(engine.abort(new AbortRequest(
                repository.directory(),
                Optional.empty(),
                apply,
                "not wanted",
                Optional.empty(),
                new Cancellation(),
                line -> {})));
        assertHolds(result.schema(), result);
        return result;
    }

    private static List<String> unmet(Stage2DeployResult result) {
        return result.checks().stream()
                .filter(check ->
                        check.verdict().equals("failed") || check.verdict().equals("errored"))
                .map(Check::name)
                .toList();
    }

    /** Releases with their revisions. */
    private static Map<String, String> releases(
            DemoRepository repository, Map<String, String> environment, String namespace) {
        Map<String, String> found = new HashMap<>();
        repository
                .run(environment, List.of("helm", "list", "--namespace=" + namespace))
                .lines()
                .skip(1)
                .map(line -> line.split("\\s+", -1))
                .forEach(columns -> found.put(columns[0], columns[2]));
        return found;
    }
}
