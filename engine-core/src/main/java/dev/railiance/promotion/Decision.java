package dev.railiance.promotion;

import java.util.List;

/** What the domain answers to a command. */
public sealed interface Decision {

    /** It is allowed, and these events, at least one, record it. */
    record Accepted(List<PromotionEvent> events) implements Decision {
        public Accepted {
            events = List.copyOf(events);
            if (events.isEmpty()) {
                throw new IllegalArgumentException("an accepted command has an event");
            }
        }
    }

    /** What was asked for is so already; nothing is recorded. */
    record Unchanged(String why) implements Decision {}

    /** It is not allowed; nothing is recorded. */
    record Refused(Refusal refusal) implements Decision {}
}
