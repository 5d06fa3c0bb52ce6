package dev.railiance.stage3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.railiance.contract.Contract;
import dev.railiance.contract.ContractReader;
import dev.railiance.failure.Outcome;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionId;
import dev.railiance.stage2.CanaryDesign;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan is the same wherever its inputs lie, and says which of them is another one. */
class PlanPartsTest {

    private static final PromotionId BASE = new PromotionId("01900000-0000-7000-8000-000000000001");

    @TempDir
    Path directory;

    @Test
    void planIsTheSameWhereverItsInputsLieAndTheDigestIsThatOfItsDocument() throws IOException {
        PlanParts one = parts(design("one"), "artifact", "contract", Optional.of(BASE));
        PlanParts other = parts(design("other"), "artifact", "contract", Optional.of(BASE));

        assertEquals(one.digest(), other.digest());
        assertEquals(Digest.of(one.document().getBytes(StandardCharsets.UTF_8)), one.digest());
        assertEquals(Optional.of(one), PlanParts.read(one.document()));
        assertEquals(Optional.empty(), PlanParts.read("{}"));
        assertEquals(Optional.empty(), PlanParts.read("no JSON"));
        assertEquals(Optional.empty(), PlanParts.read(one.document().replace("sha256:", "md5:")));
    }

    @Test
    void whatChangedHasItsName() throws IOException {
        CanaryDesign design = design("one");
        PlanParts before = parts(design, "artifact", "contract", Optional.of(BASE));

        assertEquals(List.of(), before.changedSince(before));
        assertChanged(List.of("artifact"), before, parts(design, "other", "contract", Optional.of(BASE)));
        assertChanged(List.of("contract"), before, parts(design, "artifact", "other", Optional.of(BASE)));
        assertChanged(List.of("base"), before, parts(design, "artifact", "contract", Optional.empty()));
        for (List<String> change : List.of(
                List.of("chart/templates/web.yaml", "chart"),
                List.of("chart/charts/library.tgz", "chart"),
                List.of("values/base.yaml", "values file values/base.yaml"),
                List.of("values/stage3.yaml", "values file values/stage3.yaml"),
                List.of("railiance/allowed_signers", "signers"))) {
            PlanParts old = parts(design, "artifact", "contract", Optional.of(BASE));
            Path file = design.repository().resolve(change.get(0));
            Files.createDirectories(file.getParent());
            Files.writeString(file, "# another byte\n");
            assertChanged(List.of(change.get(1)), old, parts(design, "artifact", "contract", Optional.of(BASE)));
        }
        Path signers = design.repository().resolve("railiance/allowed_signers");
        PlanParts with = parts(design, "artifact", "contract", Optional.of(BASE));
        Files.delete(signers);
        assertChanged(List.of("signers"), with, parts(design, "artifact", "contract", Optional.of(BASE)));
    }

    @Test
    void aValuesFileOfStage2IsNoneOfProduction() throws IOException {
        CanaryDesign design = design("one");
        PlanParts before = parts(design, "artifact", "contract", Optional.of(BASE));
        Files.writeString(design.repository().resolve("values/stage2.yaml"), "replicaCount: 9\n");
        assertEquals(
                before.digest(),
                parts(design, "artifact", "contract", Optional.of(BASE)).digest());
    }

    private static void assertChanged(List<String> names, PlanParts before, PlanParts after) {
        assertEquals(names, after.changedSince(before));
        assertNotEquals(before.digest(), after.digest());
    }

    private static PlanParts parts(CanaryDesign design, String artifact, String contract, Optional<PromotionId> base) {
        return switch (PlanParts.ofPromotion(design, digest(artifact), digest(contract), base)) {
            case Outcome.Done<PlanParts> done -> done.value();
            case Outcome.NotDone<PlanParts> not ->
                throw new AssertionError(not.failure().message());
        };
    }

    private static Digest digest(String of) {
        return Digest.of(of.getBytes(StandardCharsets.UTF_8));
    }

    private CanaryDesign design(String name) throws IOException {
        Path repository = Files.createDirectories(directory.resolve(name));
        Files.createDirectories(repository.resolve("chart/templates"));
        Files.writeString(repository.resolve("chart/Chart.yaml"), "name: shop\n");
        Files.writeString(repository.resolve("chart/templates/web.yaml"), "kind: Service\n");
        Files.createDirectories(repository.resolve("values"));
        for (String file : List.of("base", "stage2", "stage3")) {
            Files.writeString(repository.resolve("values/" + file + ".yaml"), "{}\n");
        }
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
                values = ["values/stage2.yaml"]

                [stage3]
                values = ["values/stage3.yaml"]
                """);
        return switch (new ContractReader().read(file, repository)) {
            case Contract.Valid valid ->
                new CanaryDesign(
                        repository, valid.contract(), valid.contract().deploy().orElseThrow());
            case Contract.Invalid invalid ->
                throw new AssertionError(invalid.faults().toString());
        };
    }
}
