package dev.railiance.replay;

import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.GateEvaluation;
import dev.railiance.promotion.GateEvaluation.Result;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.*;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Release;
import dev.railiance.promotion.Rules;
import dev.railiance.promotion.Target;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** One generated promotion: where it stands, and what its people would do next. */
final class Traveller {

    /** What is peculiar about a promotion. */
    enum Kind {
        PLAIN,
        /** Its image has no digest. */
        UNPINNED,
        /** Mallory approves it. */
        BY_MALLORY,
        /** Who asked for it approves it. */
        BY_REQUESTER,
        /** Its approval is not signed. */
        UNSIGNED,
        /** Nobody looks at the gate "probe". */
        UNPROBED,
        /** Its starts do not wait for the end of the night. */
        AT_NIGHT,
        /** Production does not come up. */
        FAILING
    }

    static final Digest CONTRACT = digest("contract");
    private static final Actor RITA = new Actor("rita");

    final PromotionId id;
    final Target target;
    final Kind kind;
    final Actor requester;
    private final Rules rules;
    private final Random random;
    private final Digest plan;
    private final boolean unwanted;
    private int attempts;
    Promotion state = Promotion.NEW;
    boolean resting;

    Traveller(int number, Target target, Rules rules, Kind kind, Random random) {
        this.id = new PromotionId(String.format(Locale.ROOT, "01900000-0000-7000-8000-%012x", number));
        this.target = target;
        this.kind = kind;
        this.rules = rules;
        this.random = random;
        this.requester = kind == Kind.BY_REQUESTER ? new Actor("ann") : RITA;
        this.plan = digest("plan of " + number);
        this.unwanted = chance(5);
    }

    /** Who gives the next command. */
    Actor actor(PromotionCommand command) {
        return switch (command) {
            case GrantApproval grant -> grant.approval().approver();
            case WithdrawApproval withdrawal -> state.approvals().getLast().approver();
            default -> requester;
        };
    }

    /** What is done next; empty where the promotion rests in production. */
    Optional<PromotionCommand> next(Instant now) {
        return Optional.ofNullable(
                switch (state.phase()) {
                    case NEW -> new OpenPromotion(id, target, artifact(), CONTRACT, rules);
                    case OPENED -> new StartValidation(attempt());
                    case VALIDATING ->
                        new RecordValidation(
                                current(),
                                report(chance(90) ? Verdict.PASSED : chance(50) ? Verdict.FAILED : Verdict.ERRORED));
                    case VALIDATED ->
                        unwanted
                                ? new AbortPromotion("not wanted")
                                : approvalOr(Scope.STAGE2, new StartCanary(attempt(), plan), now);
                    case CANARY_DEPLOYING ->
                        chance(92)
                                ? new CompleteCanary(current(), release())
                                : new FailCanary(current(), "not ready in time");
                    case CANARY_DEPLOYED -> onCanary();
                    case GATES_PASSED -> chance(94) ? approval(Scope.STAGE3, now) : look("errors", Result.FAIL);
                    case APPROVED ->
                        chance(90)
                                ? new StartPromote(attempt(), plan)
                                : chance(50) ? look("latency", Result.FAIL) : withdrawal();
                    case PROMOTING ->
                        kind == Kind.FAILING && chance(70)
                                ? new FailPromote(current(), "a check failed", attempt())
                                : new CompletePromote(current(), release());
                    case PROMOTED -> inProduction(now);
                    case ROLLING_BACK -> rollingBack();
                    case ROLLED_BACK, ABORTED, SUPERSEDED -> null;
                });
    }

    private PromotionCommand onCanary() {
        if (chance(3)) {
            return new StartRollback(attempt(), false, "an operator saw something");
        }
        int weight = state.weight();
        if (chance(60) && weight < last(rules)) {
            return new ChangeWeight(rules.weights().stream()
                    .filter(step -> step > weight)
                    .findFirst()
                    .orElseThrow());
        }
        // The probe comes first, so that it never is the gate that lets a promotion through.
        if (kind != Kind.UNPROBED && !state.gates().containsKey("probe")) {
            return look("probe", Result.PASS);
        }
        String gate = state.gates().get("errors") == Result.PASS ? "latency" : "errors";
        return look(gate, chance(80) ? Result.PASS : chance(50) ? Result.FAIL : Result.HOLD);
    }

    private PromotionCommand withdrawal() {
        return state.approvals().isEmpty()
                ? new StartPromote(attempt(), plan)
                : new WithdrawApproval("second thoughts");
    }

    private PromotionCommand approvalOr(Scope scope, PromotionCommand otherwise, Instant now) {
        return approvers(scope, now) >= rules.approval(scope).required() ? otherwise : approval(scope, now);
    }

    private PromotionCommand approval(Scope scope, Instant now) {
        Actor approver = switch (kind) {
            case BY_MALLORY -> new Actor("mallory");
            case BY_REQUESTER -> requester;
            default -> new Actor(approvers(scope, now) == 0 ? "ann" : "bob");
        };
        return new GrantApproval(new Approval(
                scope,
                plan,
                approver,
                now.plus(rules.approval(scope).validFor()),
                kind != Kind.UNSIGNED,
                "looks good"));
    }

    private long approvers(Scope scope, Instant now) {
        return state.approvals().stream()
                .filter(approval -> approval.scope() == scope && now.isBefore(approval.expires()))
                .map(Approval::approver)
                .distinct()
                .count();
    }

    /** Most stay; some are taken back. */
    private @org.jspecify.annotations.Nullable PromotionCommand inProduction(Instant now) {
        if (!resting && (chance(80) || id.value().endsWith("0"))) {
            resting = true;
        }
        return resting
                ? null
                : approvalOr(
                        Scope.ROLLBACK,
                        new StartRollback(attempt(), false, "customers complain", Optional.empty(), Optional.of(plan)),
                        now);
    }

    private PromotionCommand rollingBack() {
        if (state.attempt().isEmpty()) {
            return new StartRollback(attempt(), false, "once more");
        }
        return chance(80) ? new CompleteRollback(current()) : new FailRollback(current(), List.of("deployment/shop"));
    }

    private Artifact artifact() {
        return new Artifact(
                "4f2c",
                false,
                Optional.empty(),
                Optional.of("example/" + target.app()),
                kind == Kind.UNPINNED ? Optional.empty() : Optional.of(digest("image of " + id)));
    }

    private PromotionCommand look(String gate, Result verdict) {
        return new EvaluateGate(new GateEvaluation(
                gate,
                verdict,
                "0.1 <= 0.5",
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                List.of(),
                List.of(0.1),
                digest("samples")));
    }

    private Attempt attempt() {
        attempts++;
        return new Attempt(
                new AttemptId(id.value().substring(0, 24)
                        + String.format(Locale.ROOT, "%06x", attempts)
                        + id.value().substring(30)),
                "host",
                attempts);
    }

    private AttemptId current() {
        return state.attempt().orElseThrow().id();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private static int last(Rules rules) {
        return rules.weights().isEmpty() ? 0 : rules.weights().getLast();
    }

    private static ValidationReport report(Verdict verdict) {
        return new ValidationReport(verdict, List.of(), List.of(), Map.of());
    }

    private Release release() {
        return new Release(target.app(), "apps", 3, digest("manifests"));
    }

    static Digest digest(String of) {
        return Digest.of(of.getBytes(StandardCharsets.UTF_8));
    }
}
