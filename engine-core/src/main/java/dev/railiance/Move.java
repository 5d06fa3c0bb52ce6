package dev.railiance;

import java.util.Optional;

/**
 * What a call did.
 *
 * @param outcome {@code deployed}, {@code weighted}, {@code restored}, {@code waiting}, {@code unchanged}, {@code passed},
 *     {@code failed} or {@code rolled-back}
 * @param reason where there is more to say
 */
record Move(String outcome, Optional<String> reason) {

    static Move of(String outcome) {
        return new Move(outcome, Optional.empty());
    }

    static Move of(String outcome, String reason) {
        return new Move(outcome, Optional.of(reason));
    }

    /** Whether a canary that is followed goes on after it. */
    boolean goesOn() {
        return switch (outcome) {
            case "deployed", "weighted", "restored", "waiting" -> true;
            default -> false;
        };
    }
}
