package dev.railiance.statemachine;

import dev.railiance.promotion.Guard;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One question to the state machine: it travels in the extended state to the guards, and remembers which one said no. */
final class Inquiry {

    /** Its key in the extended state. */
    static final String KEY = Inquiry.class.getName();

    private final Predicate<Guard> holds;
    private @Nullable Guard blocker;

    Inquiry(Predicate<Guard> holds) {
        this.holds = holds;
    }

    boolean holds(Guard guard) {
        if (holds.test(guard)) {
            return true;
        }
        blocker = guard;
        return false;
    }

    Optional<Guard> blocker() {
        return Optional.ofNullable(blocker);
    }
}
