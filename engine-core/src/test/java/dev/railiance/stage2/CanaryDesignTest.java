package dev.railiance.stage2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.contract.Contract;
import dev.railiance.contract.ContractReader;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanaryDesignTest {

    private static final PromotionId BASE = new PromotionId("01900000-0000-7000-8000-000000000001");

    @TempDir
    Path directory;

    @Test
    void releasesHaveTheirNamesAndTheRouteItsParts() throws IOException {
        CanaryDesign design = design("one", "weighted", "25");

        assertEquals("shop", design.stable());
        assertEquals("shop-canary", design.canary());
        assertEquals("shop-routing", design.routing());
        assertEquals("shop-stable", design.route().stable());
        assertEquals("shop", design.route().entry());
    }

    @Test
    void wholePodsComeAsNearToAShareAsTheyCan() {
        assertEquals(1, CanaryDesign.pods(25, 3));
        assertEquals(3, CanaryDesign.pods(50, 3));
        assertEquals(1, CanaryDesign.pods(1, 1));
        assertEquals(3, CanaryDesign.pods(100, 3));
        assertEquals(1, CanaryDesign.pods(50, 0));
        for (int weight = 1; weight < 100; weight++) {
            for (int stable = 1; stable <= 40; stable++) {
                int pods = CanaryDesign.pods(weight, stable);
                double wanted = weight * (double) stable / (100 - weight);
                assertTrue(pods == 1 || Math.abs(pods - wanted) <= 0.5, weight + " % beside " + stable);
            }
        }
    }

    @Test
    void planIsTheSameWhereverItsInputsLie() throws IOException {
        assertEquals(plan(design("one", "weighted", "25")), plan(design("another", "weighted", "25")));
    }

    @Test
    void aByteOfAnyInputMakesItAnotherPlan() throws IOException {
        Set<Digest> plans = new HashSet<>();
        CanaryDesign design = design("one", "weighted", "25");
        plans.add(plan(design));
        Map<String, String> changed = new TreeMap<>(Map.of(
                "chart/Chart.yaml", "name: other\n",
                "chart/templates/new.yaml", "kind: ConfigMap\n",
                "chart/charts/library.tgz", "packed",
                "values/base.yaml", "replicaCount: 3\n",
                "values/stage2.yaml", "replicaCount: 1\n"));
        for (Map.Entry<String, String> change : changed.entrySet()) {
            Path file = design.repository().resolve(change.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, change.getValue());
            plans.add(plan(design));
        }
        plans.add(plan(design, "other artifact", "contract", Optional.of(BASE)));
        plans.add(plan(design, "artifact", "other contract", Optional.of(BASE)));
        plans.add(plan(design, "artifact", "contract", Optional.empty()));
        assertEquals(1 + changed.size() + 3, plans.size());
        assertNotEquals(plan(design("steps", "weighted", "25")), plan(design("other-steps", "weighted", "30")));
        assertNotEquals(plan(design("w", "weighted", "25")), plan(design("i", "isolated", "25")));
    }

    @Test
    void aFileThatIsMovedMakesItAnotherPlan() throws IOException {
        CanaryDesign design = design("one", "weighted", "25");
        Digest before = plan(design);
        Files.move(
                design.repository().resolve("chart/templates/web.yaml"),
                design.repository().resolve("chart/templates/shop.yaml"));
        assertNotEquals(before, plan(design));
    }

    private static Digest plan(CanaryDesign design) {
        return plan(design, "artifact", "contract", Optional.of(BASE));
    }

    private static Digest plan(CanaryDesign design, String artifact, String contract, Optional<PromotionId> base) {
        return switch (PlanDigests.of(design, digest(artifact), digest(contract), base)) {
            case Outcome.Done<PlanDigests> done -> done.value().plan();
            case Outcome.NotDone<PlanDigests> not ->
                throw new AssertionError(not.failure().message());
        };
    }

    private static Digest digest(String of) {
        return Digest.of(of.getBytes(StandardCharsets.UTF_8));
    }

    private CanaryDesign design(String name, String mode, String weight) throws IOException {
        Path repository = Files.createDirectories(directory.resolve(name));
        Files.createDirectories(repository.resolve("chart/templates"));
        Files.writeString(repository.resolve("chart/Chart.yaml"), "name: shop\n");
        Files.writeString(repository.resolve("chart/templates/web.yaml"), "kind: Service\n");
        Files.createDirectories(repository.resolve("values"));
        Files.writeString(repository.resolve("values/base.yaml"), "replicaCount: 2\n");
        Files.writeString(repository.resolve("values/stage2.yaml"), "{}\n");
        Files.createDirectories(repository.resolve("railiance"));
        Path file = Files.writeString(repository.resolve("railiance/app.toml"), """
                schema = "railiance.app.v1"

                [app]
                name = "shop"

                [owner]
                team = "web"

                [deploy]
                chart = "chart"
                values = ["values/base.yaml"]

                [stage1]

                [[stage1.commands]]
                name = "build"
                argv = ["true"]
                timeout = "10s"

                [stage2]
                mode = "%s"
                values = ["values/stage2.yaml"]
                %s
                """.formatted(
                        mode,
                        mode.equals("weighted")
                                ? "router = \"replicas\"\nsteps = [{ weight = " + weight + ", hold = \"1m\" }]"
                                : ""));
        return switch (new ContractReader().read(file, repository)) {
            case Contract.Valid valid ->
                new CanaryDesign(
                        repository, valid.contract(), valid.contract().deploy().orElseThrow());
            case Contract.Invalid invalid ->
                throw new AssertionError(invalid.faults().toString());
        };
    }
}
