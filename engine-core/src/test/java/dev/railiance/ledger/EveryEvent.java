package dev.railiance.ledger;

import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.EvidenceFile;
import dev.railiance.promotion.GateEvaluation;
import dev.railiance.promotion.Mandate;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.*;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Proof;
import dev.railiance.promotion.Release;
import dev.railiance.promotion.Rules;
import dev.railiance.promotion.Step;
import dev.railiance.promotion.Target;
import dev.railiance.promotion.TrafficShare;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** One event of every type, with every component filled; the committed samples hold the same. */
final class EveryEvent {

    static final PromotionId ID = new PromotionId("01900000-0000-7000-8000-000000000001");
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07.123456Z");
    private static final Actor ADA = new Actor("ada@example.org");
    private static final AttemptId ATTEMPT = new AttemptId("01900000-0000-7000-8000-00000000000a");
    private static final Attempt STARTED = new Attempt(ATTEMPT, "build-3", 4711);
    private static final Digest PLAN = digest("plan");
    private static final Release RELEASE = new Release("shop-canary", "shop", 7, digest("manifests"));

    private EveryEvent() {}

    static List<PromotionEvent> list() {
        return List.of(
                opened(),
                new ValidationStarted(AT, ADA, STARTED),
                new PromotionValidated(AT, ADA, ATTEMPT, report(Verdict.PASSED)),
                new ValidationFailed(AT, ADA, ATTEMPT, report(Verdict.FAILED)),
                new ValidationErrored(AT, ADA, ATTEMPT, report(Verdict.ERRORED)),
                new CanaryDeployStarted(AT, ADA, STARTED, PLAN),
                new CanaryDeployed(AT, ADA, ATTEMPT, RELEASE),
                new CanaryDeployFailed(AT, ADA, ATTEMPT, "pod shop-canary-1 was not ready in 60 s"),
                new WeightStarted(AT, ADA, STARTED, 10, Optional.of(TrafficShare.routed(0))),
                new WeightChanged(AT, ADA, Optional.of(ATTEMPT), 10, Optional.of(TrafficShare.ofPods(1, 7))),
                new WeightFailed(AT, ADA, ATTEMPT, "the API server cannot be reached"),
                new GateEvaluated(AT, ADA, look()),
                new GatesPassed(AT, ADA, new TreeSet<>(List.of("errors", "latency"))),
                new GatesRevoked(AT, ADA, "gate errors failed"),
                new ApprovalGranted(AT, ADA, approval()),
                new ApprovalWithdrawn(AT, ADA, "second thoughts", Optional.of(proof())),
                new PromotionApproved(AT, ADA, Optional.of(PLAN), List.of(ADA, new Actor("grace@example.org"))),
                new ApprovalRevoked(AT, ADA, "an approval expired"),
                new PromoteStarted(AT, ADA, STARTED, PLAN, Optional.of(RELEASE)),
                new PromotionPromoted(AT, ADA, ATTEMPT, RELEASE, List.of(look())),
                new PromoteFailed(AT, ADA, ATTEMPT, "post-check front page: status 500, expected 200", List.of(look())),
                new RollbackStarted(AT, ADA, STARTED, true, "post-check failed", Optional.of(3), Optional.of(PLAN)),
                new PromotionRolledBack(AT, ADA, ATTEMPT),
                new RollbackIncomplete(AT, ADA, ATTEMPT, List.of("deployment/shop")),
                new PromotionAborted(AT, ADA, "no longer wanted"),
                new PromotionSuperseded(AT, ADA, new PromotionId("01900000-0000-7000-8000-000000000002")));
    }

    private static PromotionOpened opened() {
        var rule = new Rules.ApprovalRule(
                2, new TreeSet<>(List.of("ada@example.org", "grace@example.org")), true, Duration.ofHours(24), true);
        return new PromotionOpened(
                AT,
                ADA,
                ID,
                new Target("shop", "production"),
                new Artifact(
                        "0123456789abcdef0123456789abcdef01234567",
                        true,
                        Optional.of(digest("content")),
                        Optional.of("registry.example.org/shop"),
                        Optional.of(digest("image"))),
                digest("contract"),
                new Rules(
                        true,
                        true,
                        true,
                        List.of(10, 50),
                        new TreeSet<>(List.of("errors", "latency")),
                        new TreeSet<>(List.of("errors")),
                        Rules.ApprovalRule.NONE,
                        rule,
                        Rules.ApprovalRule.NONE),
                Optional.of(digest("signers")),
                Optional.of(new Mandate(
                        new PromotionId("01900000-0000-7000-8000-000000000000"),
                        digest("contract in production"),
                        true,
                        Rules.ApprovalRule.NONE,
                        rule,
                        rule,
                        Optional.of(digest("signers in production")))));
    }

    private static Proof proof() {
        return new Proof(
                digest("statement"),
                digest("signature"),
                digest("signers"),
                "SHA256:ZrtO0yO2cMkeMYNgFqSdYzP0Xzvyzu9bzfvL6CVBQlE");
    }

    private static ValidationReport report(Verdict verdict) {
        return new ValidationReport(
                verdict,
                List.of(
                        new Step(
                                "unit tests",
                                Step.Kind.COMMAND,
                                Verdict.PASSED,
                                Duration.ofMillis(1234),
                                Optional.empty()),
                        new Step(
                                "front page",
                                Step.Kind.CHECK,
                                verdict,
                                Duration.ofMillis(56),
                                Optional.of("status 500, expected 200"))),
                List.of(new EvidenceFile("target/report.xml", digest("report"), 321)),
                Map.of("helm", "v3.17.2"));
    }

    private static GateEvaluation look() {
        return new GateEvaluation(
                "errors",
                GateEvaluation.Result.HOLD,
                "2 samples, 5 wanted",
                Optional.of("sum(rate(http_requests_total[1m]))"),
                AT.minusSeconds(60),
                AT,
                List.of(0.25, 1e-9),
                List.of(0.5),
                digest("samples"));
    }

    private static Approval approval() {
        return new Approval(
                Approval.Scope.STAGE3,
                PLAN,
                ADA,
                AT.plusSeconds(86400),
                true,
                "looks good",
                Optional.of(proof()),
                Optional.of("year end"),
                Optional.of(digest("gates")));
    }

    private static Digest digest(String of) {
        return Digest.of(of.getBytes(StandardCharsets.UTF_8));
    }
}
