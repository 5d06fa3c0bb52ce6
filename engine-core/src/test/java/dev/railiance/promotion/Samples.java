package dev.railiance.promotion;

import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.GateEvaluation.Result;
import dev.railiance.promotion.Rules.ApprovalRule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Values that the domain's tests are made of. */
public final class Samples {

    static final Instant BEFORE_EXPIRY = Instant.parse("2026-03-01T10:00:00Z");
    static final Instant EXPIRY = Instant.parse("2026-03-02T10:00:00Z");
    static final Instant AFTER_EXPIRY = Instant.parse("2026-03-03T10:00:00Z");

    static final Actor REQUESTER = new Actor("rita");
    static final Actor ANN = new Actor("ann");
    static final Actor BOB = new Actor("bob");
    static final Actor STRANGER = new Actor("sam");

    static final PromotionId ID = new PromotionId("00000000-0000-7000-8000-000000000001");
    static final PromotionId OTHER = new PromotionId("00000000-0000-7000-8000-000000000002");
    static final Target TARGET = new Target("shop", "production");
    static final Digest CONTRACT = digest("contract");
    static final Digest PLAN = digest("plan");
    static final Digest OTHER_PLAN = digest("other plan");
    private static final Digest MEASURED = digest("samples");

    static final Artifact FIXED =
            new Artifact("4f2c", false, Optional.empty(), Optional.of("example/shop"), Optional.of(digest("image")));
    static final Artifact DIRTY = new Artifact(
            "4f2c", true, Optional.of(digest("files")), Optional.of("example/shop"), Optional.of(digest("image")));
    static final Artifact WITHOUT_DIGEST =
            new Artifact("4f2c", false, Optional.empty(), Optional.of("example/shop"), Optional.empty());

    static final Release RELEASE = new Release("shop", "shop", 3, digest("manifests"));

    /** Those of a contract that asks for nothing. */
    public static final Rules NO_RULES = new Rules(
            false,
            false,
            false,
            List.of(),
            new TreeSet<>(),
            new TreeSet<>(),
            ApprovalRule.NONE,
            ApprovalRule.NONE,
            ApprovalRule.NONE);

    private Samples() {}

    static Digest digest(String of) {
        return Digest.of(of.getBytes(StandardCharsets.UTF_8));
    }

    static AttemptId attemptId(int number) {
        return new AttemptId("00000000-0000-4000-8000-00000000000" + number);
    }

    static Attempt attempt(int number) {
        return new Attempt(attemptId(number), "host", number);
    }

    static ApprovalRule rule(int required, boolean signed) {
        return new ApprovalRule(
                required, new TreeSet<>(Set.of("ann", "bob", "rita")), true, Duration.ofDays(1), signed);
    }

    static Rules rules(
            boolean automaticRollback,
            List<Integer> weights,
            Set<String> gates,
            ApprovalRule canary,
            ApprovalRule production,
            ApprovalRule rollback) {
        return new Rules(
                false,
                true,
                automaticRollback,
                weights,
                new TreeSet<>(gates),
                new TreeSet<>(gates),
                canary,
                production,
                rollback);
    }

    static PromotionCommand.OpenPromotion open(Artifact artifact, Rules rules) {
        return new PromotionCommand.OpenPromotion(ID, TARGET, artifact, CONTRACT, rules);
    }

    static Approval approval(Scope scope, Digest plan, Actor approver, boolean signed) {
        return new Approval(
                scope,
                plan,
                approver,
                EXPIRY,
                signed,
                "looks good",
                Optional.empty(),
                Optional.empty(),
                Optional.of(digest("gates")));
    }

    static PromotionCommand.StartRollback rollback(int attempt, Digest plan) {
        return new PromotionCommand.StartRollback(attempt(attempt), false, "slow", Optional.empty(), Optional.of(plan));
    }

    static GateEvaluation look(String gate, Result verdict) {
        return new GateEvaluation(
                gate,
                verdict,
                "0.1 <= 0.5",
                Optional.empty(),
                BEFORE_EXPIRY,
                BEFORE_EXPIRY,
                List.of(),
                List.of(0.1),
                MEASURED);
    }

    static ValidationReport report(Verdict verdict) {
        return new ValidationReport(verdict, List.of(), List.of(), Map.of());
    }

    static Facts calm() {
        return Facts.at(BEFORE_EXPIRY, REQUESTER);
    }
}
