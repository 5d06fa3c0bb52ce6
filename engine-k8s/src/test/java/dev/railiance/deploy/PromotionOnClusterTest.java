package dev.railiance.deploy;

import static dev.railiance.deploy.Told.code;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railiance.DeployRequest.Mode;
import dev.railiance.PromotionEngine;
import dev.railiance.failure.Failure.Code;
import dev.railiance.helm.RealHelm;
import dev.railiance.process.ProcessTrees;
import dev.railiance.projection.Stage3PromoteResult;
import dev.railiance.projection.Stage3RollbackResult;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionId;
import dev.railiance.tool.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Production on a real cluster, forth and back, by both real Helms: what is claimed is what is there. */
@Tag("e2e")
class PromotionOnClusterTest {

    /** So that no pod of production becomes ready, while the canary's do. */
    private static final String NEVER_READY = "env: { READY_DELAY_MS: \"600000\" }\n";

    private static final String CRASHES = "env: { EXIT_AFTER_MS: \"300\" }\n";

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void helm3TakesAVersionToProductionTheNextOneBesideItAndBackAgain() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage3-helm-3")) {
            assertForthAndBack(new Production(directory, processes, cluster, helm3()));
        }
    }

    @Test
    void helm4TakesAVersionToProductionTheNextOneBesideItAndBackAgain() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage3-helm-4")) {
            Optional<Path> bin = RealHelm.four(directory);
            assumeTrue(bin.isPresent(), "RAILIANCE_TEST_HELM4 does not name a Helm 4 program");
            assertForthAndBack(new Production(directory, processes, cluster, bin.get()));
        }
    }

    private static void assertForthAndBack(Production production) throws IOException {
        production.begin();
        var one = production.repository("v1", DemoRepository.ISOLATED, "");
        var two = production.repository("v2", DemoRepository.weighted("replicas"), "");
        try (PromotionEngine engine = production.engine()) {
            PromotionId first = production.approved(engine, one);
            Stage3PromoteResult plan = production.promote(engine, one, Mode.DRY_RUN);
            assertEquals("planned", plan.outcome(), () -> plan.checks().toString());
            assertTrue(plan.diff().orElseThrow().stream()
                    .anyMatch(change -> change.change().equals("added")
                            && change.kind().equals("Deployment")
                            && change.name().equals("demo-web")));
            assertEquals(Map.of("demo-web-canary", "1"), production.releases(one));

            Stage3PromoteResult promoted = production.promote(engine, one, Mode.APPLY);
            assertEquals("promoted", promoted.outcome(), () -> promoted.toString());
            assertEquals(plan.planDigest(), promoted.planDigest());
            assertEquals(0, promoted.previous().orElseThrow().revision());
            assertEquals(Map.of("demo-web", "1"), production.releases(one));
            assertEquals(
                    "unchanged", production.promote(engine, one, Mode.APPLY).outcome());
            String before = production.running();
            String manifests = production.manifests(one, 1);

            PromotionId second = production.approved(engine, two);
            Stage3PromoteResult next = production.promote(engine, two, Mode.PLAN);
            assertEquals(Optional.of(first.value()), next.base());
            assertEquals(
                    List.of("changed Deployment demo-web"),
                    next.diff().orElseThrow().stream()
                            .filter(change -> change.kind().equals("Deployment"))
                            .map(change -> change.change() + " " + change.kind() + " " + change.name())
                            .toList());
            Stage3PromoteResult replaced = production.promote(engine, two, Mode.APPLY);
            assertEquals("promoted", replaced.outcome(), () -> replaced.toString());
            assertEquals(1, replaced.previous().orElseThrow().revision());
            assertEquals("2", production.releases(two).get("demo-web"));
            assertTrue(!production.releases(two).containsKey("demo-web-canary"));
            assertEquals("stable", production.entry());
            assertEquals("demo-web:v2", production.image());
            assertEquals(Phase.SUPERSEDED, production.phase(engine, first));

            Stage3RollbackResult back = production.rollback(engine, two, false);
            assertEquals("planned", back.outcome(), () -> back.checks().toString());
            assertEquals(1, back.to().orElseThrow().revision());
            assertEquals("2", production.releases(two).get("demo-web"));
            Stage3RollbackResult done = production.rollback(engine, two, true);
            assertEquals("rolled-back", done.outcome(), () -> done.toString());
            assertEquals("3", production.releases(two).get("demo-web"));
            assertEquals(manifests, production.manifests(two, 3));
            assertEquals(before, production.running());
            assertEquals("demo-web:v1", production.image());
            assertEquals(Phase.ROLLED_BACK, production.phase(engine, second));
            assertEquals(
                    Code.PROMOTION_ENDED,
                    code(engine.rollback(Production.rollback(two, Optional.of(second), Optional.empty()))));
        }
    }

    @Test
    void aFirstPromotionThatIsTakenBackLeavesNoRelease() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage3-first")) {
            var production = new Production(directory, processes, cluster, helm3());
            production.begin();
            var one = production.repository("v1", DemoRepository.ISOLATED, "");
            try (PromotionEngine engine = production.engine()) {
                PromotionId id = production.approved(engine, one);
                assertEquals(
                        "promoted", production.promote(engine, one, Mode.APPLY).outcome());
                Stage3RollbackResult plan = production.rollback(engine, one, false);
                assertEquals(0, plan.to().orElseThrow().revision());
                assertEquals(
                        "rolled-back", production.rollback(engine, one, true).outcome());
                assertEquals(Map.of(), production.releases(one));
                assertEquals(Phase.ROLLED_BACK, production.phase(engine, id));
            }
        }
    }

    @Test
    void aRolloutThatFailsIsTakenBackByItselfWhereTheContractSaysSoAndElseWhenAsked() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage3-failing")) {
            var production = new Production(directory, processes, cluster, helm3());
            production.begin();
            var one = production.repository("v1", DemoRepository.ISOLATED, "");
            var automatic = production.repository("v2", Production.automatic(true), NEVER_READY);
            try (PromotionEngine engine = production.engine()) {
                production.approved(engine, one);
                assertEquals(
                        "promoted", production.promote(engine, one, Mode.APPLY).outcome());
                String before = production.running();

                PromotionId bad = production.approved(engine, automatic);
                Stage3PromoteResult failed = production.promote(engine, automatic, Mode.APPLY);
                assertEquals("rolled-back", failed.outcome(), () -> failed.toString());
                assertTrue(failed.reason().orElseThrow().contains("pod demo-web-"), failed.reason()::get);
                assertEquals(Phase.ROLLED_BACK, production.phase(engine, bad));
                assertEquals(before, production.running());
                assertEquals(Map.of("demo-web", "3"), production.releases(one));

                var asked = production.repository("v2", Production.automatic(false), CRASHES);
                PromotionId kept = production.approved(engine, asked);
                assertEquals(
                        "failed", production.promote(engine, asked, Mode.APPLY).outcome());
                assertEquals(Phase.APPROVED, production.phase(engine, kept));
                assertEquals("4", production.releases(one).get("demo-web"));
                Stage3RollbackResult back = production.rollback(engine, asked, true);
                assertEquals("rolled-back", back.outcome(), () -> back.toString());
                assertEquals(before, production.running());
            }
        }
    }

    @Test
    void commandsOfTheContractRestoreProductionAndItsChecksProveIt() throws IOException {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage3-commands")) {
            var production = new Production(directory, processes, cluster, helm3());
            production.begin();
            var one = production.repository("v1", DemoRepository.ISOLATED, "");
            var two = production.repository("v2", DemoRepository.ISOLATED + """

                    [rollback]
                    strategy = "commands"

                    [[rollback.commands]]
                    name = "back"
                    argv = ["helm", "rollback", "demo-web", "1", "--wait", "--namespace", "it-stage3-commands"]
                    environment = ["KUBECONFIG"]
                    timeout = "90s"

                    [[rollback.verify]]
                    name = "somebody has looked"
                    kind = "file"
                    path = "values/looked.yaml"
                    """, "");
            try (PromotionEngine engine = production.engine()) {
                production.approved(engine, one);
                assertEquals(
                        "promoted", production.promote(engine, one, Mode.APPLY).outcome());
                PromotionId id = production.approved(engine, two);
                assertEquals(
                        "promoted", production.promote(engine, two, Mode.APPLY).outcome());
                Stage3RollbackResult incomplete = production.rollback(engine, two, true);
                assertEquals("incomplete", incomplete.outcome(), incomplete::toString);
                assertTrue(
                        incomplete.differences().getFirst().startsWith("check somebody has looked: "),
                        incomplete::toString);
                assertEquals(Phase.ROLLING_BACK, production.phase(engine, id));
                assertEquals("demo-web:v1", production.image());
                Files.writeString(two.directory().resolve("values/looked.yaml"), "yes\n");
                assertEquals(
                        "rolled-back", production.rollback(engine, two, true).outcome());
                assertEquals(Phase.ROLLED_BACK, production.phase(engine, id));
            }
        }
    }

    private static Path helm3() throws IOException {
        Optional<Path> bin = RealHelm.three();
        assumeTrue(bin.isPresent(), "the Helm 3 that the build brings runs on linux/amd64 only");
        return bin.get();
    }
}
