package dev.railiance.replay;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Decider;
import dev.railiance.promotion.Decision.Accepted;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Facts;
import dev.railiance.promotion.GateEvaluation;
import dev.railiance.promotion.GateEvaluation.Result;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.*;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Release;
import dev.railiance.promotion.Rules;
import dev.railiance.promotion.Rules.ApprovalRule;
import dev.railiance.promotion.Target;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import dev.railiance.statemachine.SpringTransitions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** One promotion, told step by step; every step must be accepted. A minute passes between two steps. */
final class Told {

    static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    static final Target SHOP = new Target("shop", "production");
    static final Digest PLAN = Traveller.digest("plan");
    private static final Decider DECIDER = new Decider(new SpringTransitions());

    private final List<PromotionEvent> events = new ArrayList<>();
    private final PromotionId id;
    private Promotion state = Promotion.NEW;
    private Instant now = START;
    private int attempts;

    private Told(PromotionId id) {
        this.id = id;
    }

    /** Opened by Rita and validated. */
    static Told validated(Rules rules) {
        var told = new Told(new PromotionId("01900000-0000-7000-8000-000000000001"));
        return told.tell(new OpenPromotion(
                        told.id,
                        SHOP,
                        new Artifact("4f2c", false, Optional.empty(), Optional.empty(), Optional.empty()),
                        Traveller.CONTRACT,
                        rules))
                .tell(new StartValidation(told.attempt()))
                .tell(new RecordValidation(
                        told.current(), new ValidationReport(Verdict.PASSED, List.of(), List.of(), Map.of())));
    }

    Told canary() {
        return tell(new StartCanary(attempt(), PLAN)).tell(new CompleteCanary(current(), release()));
    }

    Told looked(String gate, Result verdict) {
        return tell(new EvaluateGate(new GateEvaluation(
                gate, verdict, "", Optional.empty(), now, now, List.of(), List.of(), Traveller.digest("samples"))));
    }

    Told approved(String who) {
        var approval = new Approval(
                Approval.Scope.STAGE3,
                PLAN,
                new Actor(who),
                now.plus(state.rules().production().validFor()),
                true,
                "looks good");
        return tell(who, new GrantApproval(approval));
    }

    Told promoting() {
        return tell(new StartPromote(attempt(), PLAN));
    }

    Told promoted() {
        return promoting().tell(new CompletePromote(current(), release()));
    }

    Told failed() {
        AttemptId reporter = current();
        return tell(new FailPromote(reporter, "a check failed", attempt()));
    }

    Told tell(PromotionCommand command) {
        return tell("rita", command);
    }

    Told tell(String who, PromotionCommand command) {
        var facts = Facts.at(now, new Actor(who));
        var accepted = assertInstanceOf(Accepted.class, DECIDER.decide(state, command, facts), command.toString());
        for (PromotionEvent event : accepted.events()) {
            state = state.evolve(event);
            events.add(event);
        }
        return after(Duration.ofMinutes(1));
    }

    Told after(Duration pause) {
        now = now.plus(pause);
        return this;
    }

    List<PromotionEvent> events() {
        return List.copyOf(events);
    }

    List<Recorded> history() {
        return Histories.of(events);
    }

    Attempt attempt() {
        attempts++;
        return new Attempt(new AttemptId("00000000-0000-4000-8000-%012d".formatted(attempts)), "host", attempts);
    }

    AttemptId current() {
        return state.attempt().orElseThrow().id();
    }

    private static Release release() {
        return new Release("shop", "shop", 3, Traveller.digest("manifests"));
    }

    /** One required gate; one approval for production, by Ann or Bob, for a day. */
    static Rules rules() {
        return rules(List.of("errors"), approval(1, List.of("ann", "bob"), Duration.ofHours(24)), false);
    }

    static Rules rules(List<String> gates, ApprovalRule production, boolean automaticRollback) {
        return new Rules(
                false,
                false,
                automaticRollback,
                List.of(),
                new TreeSet<>(gates),
                new TreeSet<>(gates),
                ApprovalRule.NONE,
                production,
                ApprovalRule.NONE);
    }

    static ApprovalRule approval(int required, List<String> from, Duration validFor) {
        return new ApprovalRule(required, new TreeSet<>(from), false, validFor, false);
    }
}
