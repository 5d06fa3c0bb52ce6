package dev.railiance.replay;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A decision that comes out otherwise than it is recorded.
 *
 * @param under {@code recorded} where the recorded rules themselves do not lead to what is recorded, else {@code policy}
 * @param position the event that recorded the decision, in the whole ledger
 * @param sequence the same in its promotion
 * @param at when it was decided
 * @param by who asked
 * @param trigger what was asked
 * @param phase where the promotion stood
 * @param recorded the types of the events that recorded it
 * @param outcome {@code refused}, {@code unchanged}, {@code other-events}, or {@code broken} where events are missing or
 *     cannot have followed
 * @param decided the types of the events that would record it
 * @param code why, where a guard or the lifecycle stands in the way; for programs
 * @param reason why, for people
 * @param facts what the guard that stands in the way looked at
 */
@JsonPropertyOrder({"under", "position", "promotionId", "app", "environment", "sequence", "at", "by", "trigger"})
public record Flip(
        String under,
        long position,
        String promotionId,
        Optional<String> app,
        Optional<String> environment,
        long sequence,
        Instant at,
        String by,
        String trigger,
        String phase,
        List<String> recorded,
        String outcome,
        List<String> decided,
        Optional<String> code,
        String reason,
        List<Fact> facts) {

    /** Under the rules that are recorded. */
    public static final String RECORDED = "recorded";

    /** Under another policy. */
    public static final String POLICY = "policy";

    public Flip {
        recorded = List.copyOf(recorded);
        decided = List.copyOf(decided);
        facts = List.copyOf(facts);
    }
}
