package dev.railiance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.cli.output.Format;
import dev.railiance.cli.output.PromoteView;
import dev.railiance.cli.output.Reply;
import dev.railiance.cli.output.RollbackView;
import dev.railiance.projection.Rendered;
import dev.railiance.projection.Stage2DeployResult.Approvals;
import dev.railiance.projection.Stage2DeployResult.Check;
import dev.railiance.projection.Stage2DeployResult.Deployed;
import dev.railiance.projection.Stage3PromoteResult;
import dev.railiance.projection.Stage3PromoteResult.Judged;
import dev.railiance.projection.Stage3PromoteResult.Previous;
import dev.railiance.projection.Stage3RollbackResult;
import dev.railiance.stage2.ObjectChange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Plans of Stage 3 and what came of them, as a person sees them in 80 columns; {@code -Dgolden.update=true} writes anew. */
class Stage3ViewTest {

    private static final String ID = "01900000-0000-7000-8000-000000000001";
    private static final String BASE = "01900000-0000-7000-8000-000000000000";
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07Z");

    @Test
    void planSaysWhatStandsInTheWayAndWhatWouldChange() throws IOException {
        Stage3PromoteResult plan = promotion(
                "plan",
                "refused",
                Optional.empty(),
                "approved",
                List.of(
                        new Check("lifecycle", "passed", Optional.of("approved"), Optional.empty()),
                        new Check(
                                "plan",
                                "failed",
                                Optional.of(
                                        "it is not the one that was approved; changed: chart, values file values/stage3.yaml"),
                                Optional.of("railiance approve " + ID + " --stage 3"))),
                Optional.of(List.of(new ObjectChange("changed", "shop", "Deployment", "shop", List.of()))),
                Optional.empty(),
                List.of());
        assertGolden("promote-plan-view", reply -> PromoteView.of(plan, reply));
    }

    @Test
    void outcomeSaysWhatProductionRunsAndWhatItRanBefore() throws IOException {
        Stage3PromoteResult done = promotion(
                "apply",
                "promoted",
                Optional.empty(),
                "promoted",
                List.of(new Check("helm", "passed", Optional.of("3.18.4"), Optional.empty())),
                Optional.empty(),
                Optional.of(new Deployed("shop", "shop", 8, DIGEST)),
                List.of());
        assertGolden("promote-apply-view", reply -> PromoteView.of(done, reply));
    }

    @Test
    void aFailureThatIsNotTakenBackNamesWhatDiffers() throws IOException {
        Stage3PromoteResult failed = promotion(
                "apply",
                "incomplete",
                Optional.of("not ready within 300 s: 0 of 3 pods are ready; not as before: Deployment shop"),
                "rolling-back",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of("Deployment shop"));
        assertGolden("promote-incomplete-view", reply -> PromoteView.of(failed, reply));
    }

    @Test
    void rollbackSaysWhereItGoesAndWhatStays() throws IOException {
        assertGolden("rollback-plan-view", reply -> RollbackView.of(rollback("plan", "planned", List.of()), reply));
        assertGolden(
                "rollback-incomplete-view",
                reply -> RollbackView.of(rollback("apply", "incomplete", List.of("Deployment shop")), reply));
    }

    private static Stage3PromoteResult promotion(
            String mode,
            String outcome,
            Optional<String> reason,
            String phase,
            List<Check> checks,
            Optional<List<ObjectChange>> diff,
            Optional<Deployed> release,
            List<String> differences) {
        return new Stage3PromoteResult(
                Stage3PromoteResult.SCHEMA,
                ID,
                "shop",
                "production",
                3,
                mode,
                phase,
                outcome,
                reason,
                "ada",
                AT,
                AT,
                0,
                new Rendered.Moved(DIGEST, "4f2c", false, Optional.empty(), Optional.empty(), Optional.empty()),
                DIGEST,
                DIGEST,
                Map.of(),
                Optional.of(BASE),
                Optional.of("k3s-production"),
                "shop",
                checks,
                mode.equals("plan")
                        ? List.of(List.of(
                                "helm",
                                "upgrade",
                                "shop",
                                "chart",
                                "--install",
                                "--values=values/base.yaml",
                                "--values=values/stage3.yaml",
                                "--namespace=shop"))
                        : List.of(),
                diff,
                release,
                mode.equals("plan") ? Optional.empty() : Optional.of(new Previous("shop", "shop", 7)),
                List.of(
                        new Judged(2, "error rate", "metric", true, false, Optional.of("pass")),
                        new Judged(3, "front page", "http", true, false, Optional.empty()),
                        new Judged(3, "latency", "compare", false, true, Optional.of("hold"))),
                new Approvals(2, List.of("grace", "linus")),
                differences,
                Map.of(),
                new Rendered.NextStep("railiance promote " + ID, "says what still stands in the way"));
    }

    private static Stage3RollbackResult rollback(String mode, String outcome, List<String> differences) {
        return new Stage3RollbackResult(
                Stage3RollbackResult.SCHEMA,
                ID,
                "shop",
                "production",
                3,
                mode,
                "promoted",
                outcome,
                Optional.empty(),
                "errors",
                "ada",
                AT,
                AT,
                0,
                DIGEST,
                "helm-revision",
                Optional.of(new Stage3RollbackResult.To("shop", 7, Optional.of(DIGEST))),
                Optional.empty(),
                "shop",
                List.of(new Check(
                        "release shop",
                        "passed",
                        Optional.of("revision 7 is there, as the ledger recorded it"),
                        Optional.empty())),
                List.of(
                        "helm rollback shop 7, unless it is what runs already",
                        "watch the rollout, and prove that the manifests are those of revision 7"),
                Optional.of(List.of(new ObjectChange("changed", "shop", "Deployment", "shop", List.of()))),
                new Approvals(1, List.of("grace")),
                differences,
                Map.of(),
                new Rendered.NextStep("railiance rollback " + ID + " --apply", "does what this plan says"));
    }

    private static void assertGolden(String name, Function<Reply, String> view) throws IOException {
        var out = new ByteArrayOutputStream();
        String actual = view.apply(new Reply(out, out, CommandCall.SEEN, Format.TEXT));
        Path golden = Path.of("src/test/resources/golden", name + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, actual);
        }
        assertEquals(Files.readString(golden), actual);
        assertTrue(
                actual.lines().filter(line -> !line.contains("sha256:")).allMatch(line -> line.length() <= 80), actual);
    }
}
