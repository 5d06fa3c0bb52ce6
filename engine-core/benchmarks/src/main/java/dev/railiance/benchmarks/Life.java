package dev.railiance.benchmarks;

import dev.railiance.ledger.Hash;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.EvidenceFile;
import dev.railiance.promotion.GateEvaluation;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.*;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Release;
import dev.railiance.promotion.Rules;
import dev.railiance.promotion.Step;
import dev.railiance.promotion.Target;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A promotion's life from its opening to production, as commands; the same number gives the same life.
 *
 * @param number of the life
 */
record Life(int number) {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00.123456Z");
    static final Actor ACTOR = new Actor("release-bot");
    static final String CONTRACT = """
            schema = "railiance.app.v1"
            [app]
            name = "shop"
            [owner]
            team = "web"
            [stage1]
            commands = [{ name = "build", argv = ["/bin/true"] }]
            """;

    private static final Rules RULES = new Rules(
            false,
            true,
            true,
            List.of(10, 50),
            new TreeSet<>(Set.of("errors", "latency")),
            new TreeSet<>(Set.of("errors")),
            Rules.ApprovalRule.NONE,
            new Rules.ApprovalRule(1, new TreeSet<>(Set.of("ann", "bob")), true, Duration.ofDays(1), false),
            Rules.ApprovalRule.NONE);

    PromotionId id() {
        return new PromotionId(
                String.format(Locale.ROOT, "0197%04x-%04x-7000-8000-%012x", number >>> 16, number & 0xffff, number));
    }

    OpenPromotion opening() {
        return new OpenPromotion(
                id(),
                new Target("shop-" + number, "production"),
                new Artifact(
                        "4f2c9e1d5b7a" + number,
                        false,
                        Optional.empty(),
                        Optional.of("registry.example/shop"),
                        Optional.of(digest("image"))),
                new Digest("sha256:" + Hash.over(CONTRACT)),
                RULES);
    }

    /** What is commanded after the opening; each is accepted. */
    List<PromotionCommand> commands() {
        Release release = new Release("shop", "shop", 3, digest("manifests"));
        return List.of(
                new StartValidation(attempt(1)),
                new RecordValidation(attempt(1).id(), report()),
                new StartCanary(attempt(2), digest("plan")),
                new CompleteCanary(attempt(2).id(), release),
                new ChangeWeight(10),
                new EvaluateGate(look("latency")),
                new ChangeWeight(50),
                new EvaluateGate(look("latency")),
                new EvaluateGate(look("errors")),
                new GrantApproval(new Approval(
                        Approval.Scope.STAGE3,
                        digest("plan"),
                        new Actor("ann"),
                        NOW.plus(Duration.ofHours(20)),
                        false,
                        "looks good")),
                new StartPromote(attempt(3), digest("plan")),
                new CompletePromote(attempt(3).id(), release));
    }

    private Attempt attempt(int which) {
        return new Attempt(
                new AttemptId(
                        String.format(Locale.ROOT, "0197%04x-%04x-7000-9000-%012x", which, number & 0xffff, number)),
                "runner-7",
                4_711);
    }

    private Digest digest(String what) {
        return new Digest("sha256:" + Hash.over(what + number));
    }

    private ValidationReport report() {
        return new ValidationReport(
                Verdict.PASSED,
                List.of(
                        step("java", Step.Kind.PREREQUISITE, 12),
                        step("unit tests", Step.Kind.COMMAND, 83_211),
                        step("start", Step.Kind.TARGET, 1_204),
                        step("healthy", Step.Kind.CHECK, 41),
                        step("test report", Step.Kind.EVIDENCE, 3)),
                List.of(
                        new EvidenceFile("build/reports/tests.xml", digest("tests"), 18_220),
                        new EvidenceFile("build/sbom.json", digest("sbom"), 144_018)),
                Map.of("java", "25.0.1", "mvn", "3.9.11"));
    }

    private static Step step(String name, Step.Kind kind, long millis) {
        return new Step(name, kind, Verdict.PASSED, Duration.ofMillis(millis), Optional.empty());
    }

    private GateEvaluation look(String gate) {
        return new GateEvaluation(
                gate,
                GateEvaluation.Result.PASS,
                "0.0042 <= 0.01 over 5 samples",
                Optional.of("sum(rate(http_requests_total{code=~\"5..\"}[1m])) / sum(rate(http_requests_total[1m]))"),
                NOW.minusSeconds(300),
                NOW,
                List.of(0.004, 0.0039, 0.0041, 0.0042, 0.004),
                List.of(0.0042, 0.0043, 0.0041, 0.004, 0.0044),
                digest("samples"));
    }
}
