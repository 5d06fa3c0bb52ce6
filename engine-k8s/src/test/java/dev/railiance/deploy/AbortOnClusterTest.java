package dev.railiance.deploy;

import static dev.railiance.deploy.Told.code;
import static dev.railiance.deploy.Told.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railiance.DeployRequest;
import dev.railiance.DeployRequest.Mode;
import dev.railiance.PromotionEngine;
import dev.railiance.RunRequest;
import dev.railiance.approval.ApproveRequest;
import dev.railiance.approval.ApproveRequest.Act;
import dev.railiance.approval.ApproveRequest.Means;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.helm.RealHelm;
import dev.railiance.process.ProcessTrees;
import dev.railiance.projection.AbortResult;
import dev.railiance.projection.Stage2DeployResult;
import dev.railiance.projection.Stage3PromoteResult;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionId;
import dev.railiance.tool.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From each phase a promotion can be given up on a real cluster: it ends, all traffic is on stable, and the next one gets through. */
@Tag("e2e")
class AbortOnClusterTest {

    private static final String NEVER_READY = "env: { READY_DELAY_MS: \"600000\" }\n";

    /** Whoever asks may approve too: so there is a phase before that. */
    private static final String APPROVED = """

            [approval.stage3]
            required = 1
            from = ["ada"]
            exclude_requester = false
            signed = false
            """;

    private static final String LOOKED_AT = APPROVED + """

            [[rollback.verify]]
            name = "somebody has looked"
            kind = "file"
            path = "values/looked.yaml"
            """;

    /** Has Helm wait for so long before it changes anything of a track. */
    private static Map<String, String> hook(String track, String when, int seconds) {
        return Map.of("chart/templates/hook.yaml", """
                {{- if eq .Values.railiance.track "%s" }}
                apiVersion: batch/v1
                kind: Job
                metadata:
                  name: hold
                  annotations: { helm.sh/hook: %s, helm.sh/hook-delete-policy: "before-hook-creation,hook-succeeded" }
                spec:
                  backoffLimit: 0
                  template:
                    spec:
                      restartPolicy: Never
                      containers: [{ name: hold, image: "demo-web:v1", command: [sleep, "%d"] }]
                {{- end }}
                """.formatted(track, when, seconds));
    }

    @TempDir
    Path directory;

    private final ProcessTrees processes = ProcessTrees.open();

    @AfterEach
    void close() {
        processes.close();
    }

    /** Production as it was, and the engine that changes it. */
    private record Scene(Production production, PromotionEngine engine, String before) {

        PromotionId run(DemoRepository repository) {
            return new PromotionId(
                    done(engine.run(RunRequest.of(repository.directory()))).promotionId());
        }

        Stage2DeployResult deploy(DemoRepository repository) {
            return done(engine.deploy(DeployRequest.of(repository.directory(), Mode.APPLY)));
        }

        /** Takes what lies in a repository to the last step of its canary. */
        PromotionId judged(DemoRepository repository) {
            PromotionId id = run(repository);
            RealCluster.until(() -> deploy(repository).outcome().equals("unchanged"), "the canary's last step");
            return id;
        }

        PromotionId approved(DemoRepository repository) {
            PromotionId id = judged(repository);
            done(engine.approve(new ApproveRequest(
                    repository.directory(),
                    Optional.empty(),
                    new Act.Approve(Scope.STAGE3, Optional.empty()),
                    new Means.Unsigned(),
                    Optional.of("looks good"))));
            return id;
        }

        PromotionId promoted(DemoRepository repository) {
            PromotionId id = approved(repository);
            assertEquals(
                    "promoted",
                    production.promote(engine, repository, Mode.APPLY).outcome());
            return id;
        }

        /** What was said meanwhile. */
        List<String> assertGivenUp(DemoRepository repository, PromotionId id, Phase from) {
            List<String> said = new ArrayList<>();
            assertEquals(from, production.phase(engine, id));
            AbortResult done = production.abort(engine, repository, said::add);
            boolean deployed = from != Phase.VALIDATED;
            assertEquals(deployed ? "rolled-back" : "aborted", done.outcome(), done::toString);
            assertEquals(deployed ? Phase.ROLLED_BACK : Phase.ABORTED, production.phase(engine, id));
            assertAsBefore(repository);
            return said;
        }

        void assertAsBefore(DemoRepository repository) {
            assertEquals(before, production.running());
            assertFalse(production.releases(repository).containsKey("demo-web-canary"));
            RealCluster.until(() -> production.canaries().isEmpty(), "no canary");
            assertAllTraffic("v1");
        }

        /** A pod that ends may answer for a moment more. */
        void assertAllTraffic(String version) {
            String url = production.url("demo-web");
            RealCluster.until(
                    () -> IntStream.range(0, 20)
                            .allMatch(i -> Traffic.answer(url).contains(version)),
                    version + " alone");
        }
    }

    @Test
    void fromEachPhaseItEndsWithAllTrafficOnStableAndTheNextPromotionGetsThrough() throws Exception {
        try (RealCluster cluster = RealCluster.assume(processes, directory, "it-stage3-abort")) {
            Optional<Path> bin = RealHelm.three();
            assumeTrue(bin.isPresent(), "the Helm 3 that the build brings runs on linux/amd64 only");
            var production = new Production(directory, processes, cluster, bin.get());
            production.begin();
            var one = production.repository("v1", DemoRepository.ISOLATED, "", APPROVED, Map.of());
            try (PromotionEngine engine = production.engine()) {
                new Scene(production, engine, "").promoted(one);
                var scene = new Scene(production, engine, production.running());
                fromTheCanary(scene);
                fromBeforeProduction(scene);
                fromARolloutThatDoesNotEnd(scene);
                fromAPromotionWhoseProcessHangs(scene);
                fromARollback(scene);

                throughThoughItsProcessDies(scene);
                assertEquals("demo-web:v3", production.image());
                scene.assertAllTraffic("v3");
            }
        }
    }

    private static void fromTheCanary(Scene scene) throws IOException {
        var shared = scene.production().repository("v2", DemoRepository.weighted("replicas"), "", APPROVED, Map.of());
        PromotionId deployed = scene.run(shared);
        RealCluster.until(() -> scene.deploy(shared).routing().weight() == 25, "a share of the traffic");
        scene.assertGivenUp(shared, deployed, Phase.CANARY_DEPLOYED);

        Production production = scene.production();
        var two = production.repository("v2", DemoRepository.ISOLATED, "", APPROVED, hook("canary", "pre-install", 8));
        PromotionId deploying = scene.run(two);
        var hangs = CompletableFuture.supplyAsync(
                () -> scene.engine().deploy(DeployRequest.of(two.directory(), Mode.APPLY)));
        RealCluster.until(() -> production.pending(two, "demo-web-canary"), "a canary under way");
        scene.assertGivenUp(two, deploying, Phase.CANARY_DEPLOYING);
        Outcome<?> late = hangs.join();
        assertEquals(Code.ATTEMPT_STALE, code(late), late::toString);
        scene.assertAsBefore(two);
    }

    private static void fromBeforeProduction(Scene scene) throws IOException {
        var two = scene.production().repository("v2", DemoRepository.ISOLATED, "", APPROVED, Map.of());
        scene.assertGivenUp(two, scene.run(two), Phase.VALIDATED);
        scene.assertGivenUp(two, scene.judged(two), Phase.GATES_PASSED);
        scene.assertGivenUp(two, scene.approved(two), Phase.APPROVED);
    }

    private static void fromARolloutThatDoesNotEnd(Scene scene) throws IOException {
        Production production = scene.production();
        var two = production.repository("v2", DemoRepository.weighted("replicas"), NEVER_READY, APPROVED, Map.of());
        PromotionId id = scene.approved(two);
        var hangs = CompletableFuture.supplyAsync(
                () -> scene.engine().promote(Production.promotion(two.directory(), Mode.APPLY)));
        RealCluster.until(() -> "2".equals(production.releases(two).get("demo-web")), "the release in production");
        scene.assertGivenUp(two, id, Phase.PROMOTING);
        Outcome<?> late = hangs.join();
        assertEquals(Code.ATTEMPT_STALE, code(late), late::toString);
    }

    /** What the process began goes on without it, and would come to production after all if nobody waited for it. */
    private static void fromAPromotionWhoseProcessHangs(Scene scene) throws Exception {
        Production production = scene.production();
        var two = production.repository("v2", DemoRepository.ISOLATED, "", APPROVED, hook("stable", "pre-upgrade", 20));
        PromotionId id = scene.approved(two);
        try (var hanging = new HangingPromotion(production, two)) {
            RealCluster.until(() -> production.pending(two, "demo-web"), "an upgrade under way");
            hanging.stop();
            assertEquals(
                    Code.PROMOTION_BUSY,
                    code(scene.engine().promote(Production.promotion(two.directory(), Mode.APPLY))));
            List<String> said = scene.assertGivenUp(two, id, Phase.PROMOTING);
            assertTrue(
                    said.stream()
                            .anyMatch(line -> line.contains(" of demo-web is pending: that operation is waited for")),
                    said::toString);
            String late = hanging.goOn();
            assertTrue(late.contains("ATTEMPT_STALE"), late);
            scene.assertAsBefore(two);
        }
    }

    private static void fromARollback(Scene scene) throws IOException {
        Production production = scene.production();
        var two = production.repository("v2", DemoRepository.ISOLATED, "", LOOKED_AT, Map.of());
        PromotionId id = scene.promoted(two);
        assertEquals(Code.ILLEGAL_TRANSITION, code(scene.engine().abort(Production.abortion(two, line -> {}))));
        assertEquals(
                "incomplete", production.rollback(scene.engine(), two, true).outcome());
        assertEquals("incomplete", production.abort(scene.engine(), two).outcome());
        Files.writeString(two.directory().resolve("values/looked.yaml"), "yes\n");
        scene.assertGivenUp(two, id, Phase.ROLLING_BACK);
    }

    /** In the middle of Helm's work: that is cleared, and the same attempt is made again. */
    private static void throughThoughItsProcessDies(Scene scene) throws Exception {
        Production production = scene.production();
        var three = production.repository(
                "v3", DemoRepository.weighted("replicas"), "", APPROVED, hook("stable", "pre-upgrade", 6));
        scene.approved(three);
        int before = production.revision(three);
        try (var dying = new HangingPromotion(production, three)) {
            RealCluster.until(() -> production.pending(three, "demo-web"), "an upgrade under way");
            dying.die();
        }
        Stage3PromoteResult promoted = production.promote(scene.engine(), three, Mode.APPLY);
        assertEquals("promoted", promoted.outcome(), promoted::toString);
        assertEquals(before + 3, production.revision(three));
    }
}
