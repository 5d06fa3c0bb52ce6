package dev.railiance.stage2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.contract.WeightStep;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.*;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Release;
import dev.railiance.promotion.Rules;
import dev.railiance.promotion.Rules.ApprovalRule;
import dev.railiance.promotion.Target;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import dev.railiance.stage2.WeightSchedule.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WeightScheduleTest {

    private static final Instant START = Instant.parse("2026-03-04T05:00:00Z");
    private static final Actor ADA = new Actor("ada");
    private static final Digest ANY = Digest.of(new byte[0]);
    private static final List<WeightStep> STEPS =
            List.of(new WeightStep(10, Duration.ofMinutes(5)), new WeightStep(50, Duration.ofMinutes(10)));

    private final List<PromotionEvent> history = new ArrayList<>();

    @Test
    void firstStepIsDueAsSoonAsTheCanaryIsReady() {
        deployed(1);
        assertEquals(Optional.of(new Due(10, at(1))), schedule().next());
    }

    @Test
    void nextStepIsDueWhenThePresentOneWasHeldAsLongAsDeclared() {
        deployed(1);
        weight(10, 2);
        assertEquals(Optional.of(new Due(50, at(7))), schedule().next());
        weight(50, 8);
        assertEquals(Optional.empty(), schedule().next());
        assertEquals(at(18), schedule().heldUntil());
    }

    @Test
    void aShareThatWasPutRightIsHeldAnew() {
        deployed(1);
        weight(10, 2);
        weight(10, 4);
        assertEquals(Optional.of(new Due(50, at(9))), schedule().next());
    }

    @Test
    void anotherDeploymentBeginsTheStepsAnew() {
        deployed(1);
        weight(10, 2);
        assertEquals(at(2), schedule().since());
        history.add(new RollbackStarted(at(3), ADA, attempt(), false, "asked for", Optional.empty(), Optional.empty()));
        assertEquals(at(2), schedule().since());
    }

    private WeightSchedule schedule() {
        return new WeightSchedule(STEPS, new Known(history, Optional.empty(), Optional.empty()));
    }

    private void deployed(int minute) {
        var none = new TreeSet<String>();
        var rules = new Rules(
                false,
                false,
                false,
                List.of(10, 50),
                none,
                none,
                ApprovalRule.NONE,
                ApprovalRule.NONE,
                ApprovalRule.NONE);
        history.add(new PromotionOpened(
                START,
                ADA,
                new PromotionId("01900000-0000-7000-8000-000000000001"),
                new Target("shop", "production"),
                new Artifact("4f2c", false, Optional.empty(), Optional.empty(), Optional.empty()),
                ANY,
                rules));
        history.add(new ValidationStarted(START, ADA, attempt()));
        history.add(new PromotionValidated(
                START, ADA, attempt().id(), new ValidationReport(Verdict.PASSED, List.of(), List.of(), Map.of())));
        history.add(new CanaryDeployStarted(START, ADA, attempt(), ANY));
        history.add(new CanaryDeployed(at(minute), ADA, attempt().id(), new Release("shop-canary", "shop", 1, ANY)));
    }

    private void weight(int weight, int minute) {
        history.add(new WeightStarted(at(minute), ADA, attempt(), weight, Optional.empty()));
        history.add(new WeightChanged(at(minute), ADA, Optional.of(attempt().id()), weight, Optional.empty()));
    }

    private static Attempt attempt() {
        return new Attempt(new AttemptId("00000000-0000-4000-8000-000000000001"), "host", 1);
    }

    private static Instant at(int minute) {
        return START.plusSeconds(60L * minute);
    }
}
