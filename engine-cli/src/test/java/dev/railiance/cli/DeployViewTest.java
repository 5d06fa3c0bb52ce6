package dev.railiance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.cli.output.DeployView;
import dev.railiance.cli.output.Format;
import dev.railiance.cli.output.Reply;
import dev.railiance.projection.Rendered;
import dev.railiance.projection.Stage2DeployResult;
import dev.railiance.projection.Stage2DeployResult.Approvals;
import dev.railiance.projection.Stage2DeployResult.Check;
import dev.railiance.projection.Stage2DeployResult.Deployed;
import dev.railiance.projection.Stage2DeployResult.Routing;
import dev.railiance.projection.Stage2DeployResult.Step;
import dev.railiance.promotion.TrafficShare;
import dev.railiance.stage2.ObjectChange;
import dev.railiance.stage2.ObjectChange.FieldChange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A plan and what came of it, as a person sees them in 80 columns; {@code -Dgolden.update=true} writes the files anew. */
class DeployViewTest {

    private static final String ID = "01900000-0000-7000-8000-000000000001";
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07Z");

    @Test
    void planSaysWhatStandsInTheWayAndHowToMeetIt() throws IOException {
        assertGolden(
                "deploy-plan-view",
                result(
                        "plan",
                        "refused",
                        "validated",
                        List.of(
                                new Check(
                                        "stage 1",
                                        "passed",
                                        Optional.of("passed, as promotion " + ID),
                                        Optional.empty()),
                                new Check(
                                        "namespace",
                                        "failed",
                                        Optional.of("shop is not there"),
                                        Optional.of("kubectl create namespace shop")),
                                new Check(
                                        "secret session-key",
                                        "skipped",
                                        Optional.of("Vault is not asked"),
                                        Optional.empty()),
                                new Check(
                                        "cluster",
                                        "errored",
                                        Optional.of(
                                                "kubectl version ended with exit code 1: the API server cannot be reached"),
                                        Optional.of("kubectl cluster-info"))),
                        Optional.of(List.of(
                                new ObjectChange("added", "shop-canary", "Deployment", "shop-canary", List.of()),
                                new ObjectChange(
                                        "changed",
                                        "shop-routing",
                                        "HTTPRoute",
                                        "shop",
                                        List.of(
                                                new FieldChange(
                                                        "spec.rules[0].backendRefs[shop-canary].weight",
                                                        Optional.of("0"),
                                                        Optional.of("10")),
                                                new FieldChange(
                                                        "metadata.annotations[example.org/note]",
                                                        Optional.empty(),
                                                        Optional.of("a note that is long enough for a second line")),
                                                new FieldChange(
                                                        "spec.hostnames[1]",
                                                        Optional.of("shop.example.org"),
                                                        Optional.empty()))),
                                new ObjectChange("removed", "shop-canary", "Ingress", "shop-canary", List.of()))),
                        Optional.empty(),
                        new Routing("weighted", "gateway-api", 0, Optional.empty(), steps("next"), Optional.empty())));
    }

    @Test
    void outcomeSaysWhatShareTheCanaryReallyHas() throws IOException {
        assertGolden(
                "deploy-apply-view",
                result(
                        "apply",
                        "weighted",
                        "canary-deployed",
                        List.of(new Check("helm", "passed", Optional.of("3.18.4"), Optional.empty())),
                        Optional.empty(),
                        Optional.of(new Deployed("shop-canary", "shop", 1, DIGEST)),
                        new Routing(
                                "weighted",
                                "replicas",
                                10,
                                Optional.of(TrafficShare.ofPods(1, 3)),
                                steps("taken"),
                                Optional.of(AT.plusSeconds(300)))));
    }

    private static List<Step> steps(String first) {
        return List.of(new Step(10, "PT5M", first), new Step(50, "PT10M", "to-come"));
    }

    private static Stage2DeployResult result(
            String mode,
            String outcome,
            String phase,
            List<Check> checks,
            Optional<List<ObjectChange>> diff,
            Optional<Deployed> release,
            Routing routing) {
        return new Stage2DeployResult(
                Stage2DeployResult.SCHEMA,
                Optional.of(ID),
                "shop",
                "production",
                2,
                mode,
                phase,
                outcome,
                Optional.empty(),
                "ada",
                AT,
                AT,
                0,
                new Rendered.Moved(DIGEST, "4f2c", false, Optional.empty(), Optional.empty(), Optional.empty()),
                DIGEST,
                DIGEST,
                Map.of(),
                Optional.empty(),
                Optional.of("k3s-production"),
                "shop",
                checks,
                mode.equals("plan")
                        ? List.of(List.of(
                                "helm",
                                "upgrade",
                                "shop-canary",
                                "chart",
                                "--install",
                                "--values=values/base.yaml",
                                "--timeout=300s",
                                "--namespace=shop"))
                        : List.of(),
                diff,
                release,
                routing,
                List.of(),
                new Approvals(0, List.of()),
                Map.of(),
                new Rendered.NextStep("railiance deploy --stage 2 --apply", "goes on"));
    }

    private static void assertGolden(String name, Stage2DeployResult result) throws IOException {
        var out = new ByteArrayOutputStream();
        String actual = DeployView.of(result, new Reply(out, out, CommandCall.SEEN, Format.TEXT));
        Path golden = Path.of("src/test/resources/golden", name + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, actual);
        }
        assertEquals(Files.readString(golden), actual);
        assertTrue(
                actual.lines().filter(line -> !line.contains("sha256:")).allMatch(line -> line.length() <= 80), actual);
    }
}
