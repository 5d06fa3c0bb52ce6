package dev.railiance.replay;

import dev.railiance.projection.Rendered;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Guard;
import dev.railiance.promotion.Phase;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.Refusal;
import dev.railiance.promotion.Target;
import dev.railiance.promotion.Transitions.Firing;
import dev.railiance.replay.AskedTransitions.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A recorded decision that is about to be told apart from another one.
 *
 * @param under whose rules the other one was made under
 * @param recorded the event that begins the recorded decision
 * @param phase where the promotion stood before it
 * @param target what the promotion is for, where that is known
 * @param then the types of the events that record it
 */
record Difference(String under, Recorded recorded, Phase phase, Optional<Target> target, List<String> then) {

    /** The same, recorded by these events. */
    Difference recordedAs(List<PromotionEvent> events) {
        return new Difference(under, recorded, phase, target, types(events));
    }

    /** The same, to be compared with a decision under other rules. */
    Difference under(String rules) {
        return new Difference(rules, recorded, phase, target, then);
    }

    /** Whether a decision is recorded by the same types of events. What they say of the rules may differ. */
    boolean isTheSame(Decision decision) {
        return decision instanceof Decision.Accepted accepted
                && types(accepted.events()).equals(then);
    }

    /**
     * What is to be told of a decision that comes out otherwise.
     *
     * @param asked what was asked of the lifecycle for it
     * @param looked what the guards were asked about
     */
    Flip from(Decision decision, List<Asked> asked, GuardFacts looked) {
        return switch (decision) {
            case Decision.Refused(Refusal refusal) ->
                flip(
                        "refused",
                        List.of(),
                        Optional.of(refusal.code().name()),
                        refusal.message(),
                        obstacle(asked).map(looked::of).orElse(List.of()));
            case Decision.Unchanged(String why) -> flip("unchanged", List.of(), Optional.empty(), why, List.of());
            case Decision.Accepted accepted -> otherEvents(accepted.events(), asked, looked);
        };
    }

    /** What is to be told of a history that cannot be. */
    Flip broken(String code, String reason) {
        return flip("broken", List.of(), Optional.of(code), reason, List.of());
    }

    /** What is to be told of an event that does not have the sequence that comes next. */
    Flip outOfOrder(long next) {
        long sequence = recorded.sequence();
        if (next == 0) {
            return broken("EVENTS_MISSING", "no such promotion is open here: it has ended, or its opening is missing");
        }
        return sequence > next
                ? broken(
                        "EVENTS_MISSING",
                        "event " + next + (sequence - next == 1 ? "" : " to " + (sequence - 1))
                                + " of the promotion should come before it")
                : broken("EVENT_REPEATED", "the promotion has an event " + sequence + " already");
    }

    /** Where a decision leads less far, the guard that stands before the next step says why. */
    private Flip otherEvents(List<PromotionEvent> events, List<Asked> asked, GuardFacts looked) {
        List<String> now = types(events);
        Optional<Guard> obstacle = now.size() < then.size() ? obstacle(asked) : Optional.empty();
        return flip(
                "other-events",
                now,
                obstacle.map(guard -> guard.refusal().code().name()),
                obstacle.map(guard -> guard.refusal().message()).orElseGet(() -> compared(now)),
                obstacle.map(looked.after(events)::of).orElse(List.of()));
    }

    private static Optional<Guard> obstacle(List<Asked> asked) {
        return asked.getLast().firing() instanceof Firing.Blocked blocked
                ? Optional.of(blocked.guard())
                : Optional.empty();
    }

    private static List<String> types(List<PromotionEvent> events) {
        return events.stream().map(PromotionEvent::type).toList();
    }

    private String compared(List<String> now) {
        var more = new ArrayList<>(now);
        then.forEach(more::remove);
        var less = new ArrayList<>(then);
        now.forEach(less::remove);
        if (more.isEmpty() && less.isEmpty()) {
            return "the event says something else than was decided";
        }
        return (more.isEmpty() ? "" : String.join(" and ", more) + " would follow")
                + (more.isEmpty() || less.isEmpty() ? "" : ", ")
                + (less.isEmpty() ? "" : String.join(" and ", less) + " would not follow");
    }

    private Flip flip(String outcome, List<String> decided, Optional<String> code, String reason, List<Fact> facts) {
        PromotionEvent event = recorded.event();
        return new Flip(
                under,
                recorded.position(),
                recorded.promotion().value(),
                target.map(Target::app),
                target.map(Target::environment),
                recorded.sequence(),
                event.at(),
                event.by().name(),
                Rendered.spelled(event.trigger()),
                Rendered.spelled(phase),
                then,
                outcome,
                decided,
                code,
                reason,
                facts);
    }
}
