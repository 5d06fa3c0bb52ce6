package dev.railiance.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.railiance.contract.Freeze;
import dev.railiance.ledger.LedgerSession;
import java.util.List;
import java.util.Optional;

/**
 * A history, decided again: {@code railiance.replay.v1}. The same ledger and policy give the same report, whenever and
 * wherever it is made.
 *
 * @param promotionId the promotion whose decisions were decided again; absent where all were
 * @param policy the policy that the decisions were also held against
 * @param ledger where it ended
 * @param events all that were read of the promotions in question, those that could not be followed too
 * @param promotions that were opened in them
 * @param leftOut promotions of other targets than the policy's, which it says nothing about
 * @param flips in the order of the ledger, the first {@value #LISTED} under the recorded rules and under the policy each;
 *     at the end histories that break off
 * @param flipsNotListed how many more there are
 */
@JsonPropertyOrder({"schema", "outcome"})
public record ReplayReport(
        String schema,
        Outcome outcome,
        Optional<String> promotionId,
        Optional<Under> policy,
        Ledger ledger,
        long events,
        long promotions,
        Decisions decisions,
        List<LeftOut> leftOut,
        List<Flip> flips,
        long flipsNotListed) {

    /** How many flips are listed at most under either rules: a report has to fit into memory. */
    public static final int LISTED = 10_000;

    /** The name of this document's schema. */
    public static final String SCHEMA = "railiance.replay.v1";

    public ReplayReport {
        leftOut = List.copyOf(leftOut);
        flips = List.copyOf(flips);
    }

    /** What came of it. */
    public enum Outcome {
        /** Every decision comes out as it is recorded. */
        @JsonProperty("unchanged")
        UNCHANGED,
        /** The policy decides otherwise at least once. */
        @JsonProperty("flipped")
        FLIPPED,
        /** The recorded rules do not lead to what is recorded: the ledger is damaged, or the engine had a fault. */
        @JsonProperty("impossible")
        IMPOSSIBLE
    }

    /**
     * The end of a ledger: who has the hash elsewhere knows which history this is about.
     *
     * @param position of its last event, 0 if there is none
     * @param hash over everything up to there
     */
    public record Ledger(long position, String hash) {

        static Ledger of(LedgerSession.Head head) {
            return new Ledger(head.position(), head.hash().toString());
        }
    }

    /** Another policy than the recorded one. */
    public record Under(String app, String environment, String contractDigest, List<String> freezeWindows) {

        static Under of(Policy policy) {
            return new Under(
                    policy.target().app(),
                    policy.target().environment(),
                    policy.contract().value(),
                    policy.freezes().stream().map(Freeze::name).toList());
        }
    }

    /**
     * How many there were.
     *
     * @param recorded decided again under the recorded rules
     * @param policy decided again under the other policy
     * @param flippedRecorded that came out otherwise under the recorded rules, or are broken
     * @param flippedPolicy that came out otherwise under the policy
     * @param freezeAssumed starts of which the ledger does not say whether a freeze window was open: it is taken that none
     *     stood in the way
     * @param verdictsTaken looks at gates and outcomes of Stage 1 that were decided again under the policy with the verdict that
     *     is recorded: nothing is measured or checked again
     * @param notFollowed events after a point from which their promotion's history cannot be followed
     */
    public record Decisions(
            long recorded,
            Optional<Long> policy,
            long flippedRecorded,
            Optional<Long> flippedPolicy,
            long freezeAssumed,
            Optional<Long> verdictsTaken,
            long notFollowed) {}

    /** Promotions of a target that the policy is not for. */
    public record LeftOut(String app, String environment, long promotions) {}
}
