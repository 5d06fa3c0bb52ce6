package dev.railiance.deploy;

import static dev.railiance.deploy.Told.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railiance.AbortRequest;
import dev.railiance.DeployRequest;
import dev.railiance.DeployRequest.Mode;
import dev.railiance.EngineSettings;
import dev.railiance.PromotionEngine;
import dev.railiance.RunRequest;
import dev.railiance.approval.ApprovalResult;
import dev.railiance.approval.ApproveRequest;
import dev.railiance.approval.ApproveRequest.Act;
import dev.railiance.approval.ApproveRequest.Means;
import dev.railiance.helm.RealHelm;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.process.Cancellation;
import dev.railiance.process.ProcessTrees;
import dev.railiance.projection.Stage2DeployResult;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.tool.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is approved for Stage 2 is, to the byte, what is deployed; without the approval, nothing is. */
@Tag("e2e")
class ApprovedCanaryOnClusterTest {

    private static final String APPROVED = DemoRepository.ISOLATED + """

            [approval.stage2]
            required = 1
            from = ["grace@example.org"]
            signed = true
            """;

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void aCanaryWaitsForTheApprovalOfItsPlan() throws IOException, InterruptedException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-approved-canary")) {
            Optional<Path> bin = RealHelm.four(directory);
            assumeTrue(bin.isPresent(), "RAILIANCE_TEST_HELM4 does not name a Helm 4 program");
            cluster.createNamespace();
            Path key = key();
            DemoRepository repository = repository(cluster.namespace().name(), key);
            try (PromotionEngine engine = engine(cluster.tools(bin.get()))) {
                done(engine.run(RunRequest.of(repository.directory())));
                Stage2DeployResult refused = deploy(engine, repository, Mode.APPLY);
                assertEquals("refused", refused.outcome());
                assertEquals("validated", refused.phase());

                ApprovalResult approval = done(engine.approve(new ApproveRequest(
                        repository.directory(),
                        Optional.empty(),
                        new Act.Approve(Scope.STAGE2, Optional.empty()),
                        new Means.Key(key),
                        Optional.of("looks good"))));
                assertEquals(Optional.of(refused.planDigest()), approval.planDigest());

                Stage2DeployResult deployed = deploy(engine, repository, Mode.APPLY);
                assertEquals(
                        "deployed", deployed.outcome(), () -> deployed.checks().toString());
                assertEquals(refused.planDigest(), deployed.planDigest());
                done(engine.abort(new AbortRequest(
                        repository.directory(),
                        Optional.empty(),
                        true,
                        "the test is over",
                        Optional.empty(),
                        new Cancellation(),
                        line -> {})));
            }
        }
    }

    private Path key() throws IOException, InterruptedException {
        Path key = directory.resolve("grace");
        Process process = new ProcessBuilder(
                        "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key.toString())
                .start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return key;
    }

    private DemoRepository repository(String namespace, Path key) throws IOException {
        Path railiance = Files.createDirectories(directory.resolve("demo-web-v2/railiance"));
        Files.writeString(
                railiance.resolve("allowed_signers"), "grace@example.org " + Files.readString(Path.of(key + ".pub")));
        return DemoRepository.make(directory, processes, namespace, "v2", "none", APPROVED);
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
        return done(engine.deploy(DeployRequest.of(repository.directory(), mode)));
    }
}
