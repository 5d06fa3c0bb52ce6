package dev.railiance.replay;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.projection.Rendered;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why a promotion stood where it stood at one of its events: {@code railiance.explanation.v1}.
 *
 * @param phase after the event
 * @param sequence of the event
 * @param lastSequence of the promotion's last event
 * @param asOf the moment of the event; whether an approval holds is told as of then
 * @param event what happened and why that was allowed
 * @param state what the promotion was like after it
 * @param next what could be asked of it then, and what stood in the way of the rest
 */
@JsonPropertyOrder({"schema", "promotionId", "app", "environment", "stage", "phase"})
public record Explanation(
        String schema,
        String promotionId,
        String app,
        String environment,
        int stage,
        String phase,
        long sequence,
        long lastSequence,
        Instant asOf,
        Event event,
        State state,
        List<Next> next,
        Rendered.NextStep nextStep) {

    /** The name of this document's schema. */
    public static final String SCHEMA = "railiance.explanation.v1";

    /**
     * What happened.
     *
     * @param trigger what was asked, and {@code verb} by which command line
     * @param from where the promotion stood before
     * @param to where it stood after
     * @param follows the sequence of the event that it followed from by itself; absent where it was asked for
     * @param agrees whether deciding it again leads to this very event
     * @param targetHolder who was in flight on the target
     * @param guards those that were asked, in order, with what they looked at
     * @param data what the event says beside time and actor
     */
    public record Event(
            long position,
            String type,
            Instant at,
            String by,
            String trigger,
            String verb,
            String from,
            String to,
            Optional<Long> follows,
            boolean agrees,
            Optional<String> targetHolder,
            List<Asked> guards,
            JsonNode data) {}

    /** A guard and its answer. */
    public record Asked(String guard, boolean holds, List<Fact> facts) {}

    /**
     * The promotion after the event.
     *
     * @param attempt the work under way
     * @param validation the verdict of Stage 1 when it was last carried out
     * @param weight the canary's share of the traffic, in percent
     * @param weights those that the contract declares
     */
    public record State(
            String requester,
            Rendered.Moved artifact,
            String contractDigest,
            Optional<Running> attempt,
            Optional<String> validation,
            int weight,
            List<Integer> weights,
            boolean automaticRollback,
            List<Gate> gates,
            List<Given> approvals,
            List<Quorum> quorums) {}

    /** The work under way. */
    public record Running(String id, String host, long pid) {}

    /** A gate; {@code verdict} is absent where nobody looked at it yet at this weight. */
    public record Gate(String name, boolean required, Optional<String> verdict) {}

    /** An approval that was not taken back. */
    public record Given(
            String scope,
            String plan,
            String approver,
            Instant expires,
            boolean expired,
            boolean signed,
            String reason) {}

    /**
     * Who must approve and who has.
     *
     * @param plan absent where nobody has approved any
     * @param approvers whose approvals hold
     * @param missing how many more are wanted
     * @param from who may approve; empty: anybody
     */
    public record Quorum(
            String scope,
            Optional<String> plan,
            int required,
            List<String> approvers,
            int missing,
            List<String> from,
            boolean excludeRequester,
            boolean signed) {}

    /**
     * Something that could be asked.
     *
     * @param to where it would lead
     * @param allowed whether it would be accepted
     * @param assuming what is taken for granted there
     * @param guards those that were asked
     * @param code what stands in the way, for programs
     * @param message the same for people
     */
    public record Next(
            String trigger,
            String verb,
            String to,
            boolean allowed,
            Optional<String> assuming,
            List<Asked> guards,
            Optional<String> code,
            Optional<String> message) {}
}
