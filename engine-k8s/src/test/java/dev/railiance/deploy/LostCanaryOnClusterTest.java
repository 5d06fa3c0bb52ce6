package dev.railiance.deploy;

import static dev.railiance.deploy.Told.code;
import static dev.railiance.deploy.Told.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railiance.AbortRequest;
import dev.railiance.DeployRequest;
import dev.railiance.DeployRequest.Mode;
import dev.railiance.EngineSettings;
import dev.railiance.ObserveRequest;
import dev.railiance.PromotionEngine;
import dev.railiance.RunRequest;
import dev.railiance.failure.Failure.Code;
import dev.railiance.helm.RealHelm;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.process.Cancellation;
import dev.railiance.process.ProcessTrees;
import dev.railiance.projection.AbortResult;
import dev.railiance.projection.Stage2DeployResult;
import dev.railiance.projection.Stage2ObserveResult;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Trigger;
import dev.railiance.tool.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Canaries that whoever deployed them has lost: to a kill in the wrong moment, or to somebody else. */
@Tag("e2e")
class LostCanaryOnClusterTest {

    private static final String FAILING = """
            mode = "isolated"

            [[stage2.gates]]
            name = "opinion"
            kind = "command"
            argv = ["false"]
            timeout = "5s"

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
    void whereverItDiesOverAFailedGateTheSameCommandTakesTheCanaryAway() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-lost-killed")) {
            Map<String, String> tools = cluster.tools(helm3());
            cluster.createNamespace();
            String namespace = cluster.namespace().name();
            var repository = DemoRepository.make(directory, processes, namespace, "v2", "none", FAILING);
            for (String deadly : List.of(Trigger.EVALUATE_GATE.name(), Trigger.START_ROLLBACK.name(), "remove")) {
                Path ledger = directory.resolve("ledger-" + deadly);
                try (PromotionEngine engine = engine(ledger, tools)) {
                    done(engine.run(RunRequest.of(repository.directory())));
                }
                DeployingChild.deploy(processes, repository, ledger, tools, deadly);
                String end = DeployingChild.deploy(processes, repository, ledger, tools, "0");
                assertTrue(end.matches("(?s)[0-9]+ rolled-back .*"), deadly + ": " + end);
                assertEquals(
                        1,
                        repository
                                .run(tools, List.of("helm", "list", "--namespace=" + namespace))
                                .lines()
                                .count(),
                        "nothing but the head of the list");
            }
        }
    }

    @Test
    void whatSomebodyElseHasMadeOfItsNameIsNeitherJudgedNorRemoved() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-lost-replaced")) {
            Map<String, String> tools = cluster.tools(helm3());
            cluster.createNamespace();
            String namespace = cluster.namespace().name();
            var repository =
                    DemoRepository.make(directory, processes, namespace, "v2", "none", DemoRepository.ISOLATED);
            String context = cluster.kubectl("config", "current-context").strip();
            repository.allowContext(context);
            Path ledger = directory.resolve("ledger");
            try (PromotionEngine engine = engine(ledger, tools)) {
                done(engine.run(RunRequest.of(repository.directory())));
                assertEquals("deployed", deploy(engine, repository).outcome());
                try (PromotionEngine elsewhere = engine(ledger, elsewhere(cluster, tools, context))) {
                    assertEquals(Code.PREREQUISITES_NOT_MET, code(elsewhere.abort(abort(repository))));
                    assertEquals(Code.PREREQUISITES_NOT_MET, code(elsewhere.observe(observe(repository))));
                }

                repository.run(tools, List.of("helm", "uninstall", "demo-web-canary", "--namespace=" + namespace));
                Stage2DeployResult gone = deploy(engine, repository);
                assertEquals("failed", gone.outcome());
                assertEquals(
                        "release demo-web-canary is not there any more, or somebody else's",
                        gone.reason().orElseThrow());
                repository.install(tools, namespace, "demo-web-canary", "canary", "v3", 1);
                Stage2ObserveResult seen = done(engine.observe(observe(repository)));
                assertEquals("waiting", seen.outcome());
                assertEquals("canary-deployed", seen.phase());
                AbortResult aborted = done(engine.abort(abort(repository)));
                assertEquals("rolled-back", aborted.outcome());
                assertEquals(
                        "demo-web:v3",
                        cluster.kubectl(
                                "get",
                                "deployment",
                                "demo-web-canary",
                                "--namespace=" + namespace,
                                "--output=jsonpath={.spec.template.spec.containers[0].image}"));
            }
        }
    }

    /** The same cluster under another name. */
    private Map<String, String> elsewhere(RealCluster cluster, Map<String, String> tools, String context)
            throws IOException {
        Path file = directory.resolve("elsewhere");
        Files.writeString(file, cluster.kubectl("config", "view", "--raw", "--flatten", "--minify"));
        cluster.kubectl("--kubeconfig=" + file, "config", "rename-context", context, "elsewhere");
        Map<String, String> environment = new HashMap<>(tools);
        environment.put("KUBECONFIG", file.toString());
        return environment;
    }

    private static Stage2DeployResult deploy(PromotionEngine engine, DemoRepository repository) {
        return done(engine.deploy(DeployRequest.of(repository.directory(), Mode.APPLY)));
    }

    private static ObserveRequest observe(DemoRepository repository) {
        return new ObserveRequest(
                repository.directory(), Optional.empty(), true, Optional.empty(), new Cancellation(), line -> {});
    }

    private static AbortRequest abort(DemoRepository repository) {
        return new AbortRequest(
                repository.directory(),
                Optional.empty(),
                true,
                "not wanted",
                Optional.empty(),
                new Cancellation(),
                line -> {});
    }

    private static PromotionEngine engine(Path ledger, Map<String, String> environment) {
        return PromotionEngine.open(new EngineSettings(
                        new LedgerLocation.Embedded(ledger),
                        new Actor("ada"),
                        "runner-7",
                        environment,
                        InstantSource.system(),
                        Optional.empty())
                .withDeployers(HelmDeployer::create));
    }

    private static Path helm3() throws IOException {
        Optional<Path> bin = RealHelm.three();
        assumeTrue(bin.isPresent(), "the Helm 3 that the build brings runs on linux/amd64 only");
        return bin.get();
    }
}
