package dev.railiance.stage2;

import dev.railiance.contract.WeightStep;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionEvent.CanaryDeployed;
import dev.railiance.promotion.PromotionEvent.WeightChanged;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a canary gets which weight.
 *
 * @param steps as the contract declares them
 */
public record WeightSchedule(List<WeightStep> steps, Known known) {

    public WeightSchedule {
        steps = List.copyOf(steps);
    }

    /**
     * A weight to come.
     *
     * @param due from when on it may be taken
     */
    public record Due(int weight, Instant due) {}

    /** The next step; empty where the last one is taken, or there is none. */
    public Optional<Due> next() {
        int weight = weight();
        return steps.stream()
                .filter(step -> step.weight() > weight)
                .findFirst()
                .map(step -> new Due(step.weight(), heldUntil()));
    }

    /** Until when the present weight is to be held, by the times of the ledger. */
    public Instant heldUntil() {
        int weight = weight();
        return steps.stream()
                .filter(step -> step.weight() == weight)
                .findFirst()
                .map(step -> since().plus(step.hold()))
                .orElseGet(this::since);
    }

    /** Since when the canary has its present weight. */
    public Instant since() {
        return known.last(WeightChanged.class)
                .filter(changed -> known.last(CanaryDeployed.class)
                        .filter(deployed -> deployed.at().isAfter(changed.at()))
                        .isEmpty())
                .map(WeightChanged::at)
                .or(() -> known.last(CanaryDeployed.class).map(CanaryDeployed::at))
                .orElse(Instant.EPOCH);
    }

    private int weight() {
        return known.promotion().map(Promotion::weight).orElse(0);
    }
}
