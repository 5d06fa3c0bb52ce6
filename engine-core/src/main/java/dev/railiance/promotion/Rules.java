package dev.railiance.promotion;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the contract asked for when the promotion was opened; recorded with it, so that a decision can be repeated from
 * the ledger alone.
 *
 * @param critical whether approvals must always be signed
 * @param digestPinned whether an image needs a digest
 * @param automaticRollback whether a failed promotion is rolled back without asking
 * @param weights the canary's weights in percent, rising; empty for an isolated canary
 * @param gates the names of all gates of Stage 2
 * @param requiredGates those that must pass
 * @param canary who must approve Stage 2
 * @param production who must approve Stage 3
 * @param rollback who must approve a rollback from production
 * @param score what all gates together must reach, where the contract asks for it
 */
public record Rules(
        boolean critical,
        boolean digestPinned,
        boolean automaticRollback,
        List<Integer> weights,
        SortedSet<String> gates,
        SortedSet<String> requiredGates,
        ApprovalRule canary,
        ApprovalRule production,
        ApprovalRule rollback,
        Optional<ScoreRule> score) {

    /** Rules without a score. */
    public Rules(
            boolean critical,
            boolean digestPinned,
            boolean automaticRollback,
            List<Integer> weights,
            SortedSet<String> gates,
            SortedSet<String> requiredGates,
            ApprovalRule canary,
            ApprovalRule production,
            ApprovalRule rollback) {
        this(
                critical,
                digestPinned,
                automaticRollback,
                weights,
                gates,
                requiredGates,
                canary,
                production,
                rollback,
                Optional.empty());
    }

    public Rules {
        weights = List.copyOf(weights);
        gates = Collections.unmodifiableSortedSet(new TreeSet<>(gates));
        requiredGates = Collections.unmodifiableSortedSet(new TreeSet<>(requiredGates));
        if (!gates.containsAll(requiredGates)) {
            throw new IllegalArgumentException("every required gate is a gate");
        }
    }

    int lastWeight() {
        return weights.isEmpty() ? 0 : weights.getLast();
    }

    /** The rule for one kind of approval. */
    public ApprovalRule approval(Approval.Scope scope) {
        return switch (scope) {
            case STAGE2 -> canary;
            case STAGE3 -> production;
            case ROLLBACK -> rollback;
        };
    }

    /**
     * What the gates that count must reach together.
     *
     * @param pass from so many percent of all weights
     * @param weights of the gates that count
     * @param keys those of them without whose pass nothing else helps
     */
    public record ScoreRule(int pass, SortedMap<String, Integer> weights, SortedSet<String> keys) {

        public ScoreRule {
            weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
            keys = Collections.unmodifiableSortedSet(new TreeSet<>(keys));
        }

        /** Whether these verdicts reach it; a gate that was not looked at has not passed. */
        boolean reachedBy(Map<String, GateEvaluation.Result> verdicts) {
            long all = 0;
            long passed = 0;
            for (Map.Entry<String, Integer> gate : weights.entrySet()) {
                all += gate.getValue();
                passed += verdicts.get(gate.getKey()) == GateEvaluation.Result.PASS ? gate.getValue() : 0;
            }
            return passed * 100 >= all * pass
                    && keys.stream().allMatch(key -> verdicts.get(key) == GateEvaluation.Result.PASS);
        }
    }

    /**
     * Who must approve.
     *
     * @param required how many people; 0 asks for nobody
     * @param from who may; empty for anybody
     * @param excludeRequester whether who opened the promotion may not
     * @param validFor how long an approval holds after it was given
     * @param signed whether it needs a signature
     */
    public record ApprovalRule(
            int required, SortedSet<String> from, boolean excludeRequester, Duration validFor, boolean signed) {

        /** Nobody needs to approve. */
        public static final ApprovalRule NONE =
                new ApprovalRule(0, new TreeSet<>(), false, Duration.ofHours(24), false);

        public ApprovalRule {
            if (required < 0) {
                throw new IllegalArgumentException("a quorum is 0 or more");
            }
            from = Collections.unmodifiableSortedSet(new TreeSet<>(from));
        }

        /** Whether somebody of this name may approve. */
        public boolean allows(Actor approver) {
            return from.isEmpty() || from.contains(approver.name());
        }
    }
}
