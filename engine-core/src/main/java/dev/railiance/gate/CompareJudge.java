package dev.railiance.gate;

import static dev.railiance.gate.Ruling.number;

import dev.railiance.contract.Gate;
import dev.railiance.contract.Gate.Direction;
import org.apache.commons.statistics.inference.AlternativeHypothesis;

/**
 * Holds a canary against the stable version.
 *
 * <p>It fails when one of three tests shows it to be worse by more than the tolerance: of ranks, of the tail, of how often
 * anything but zero occurs. That none does is no pass yet: the canary passes when the rank test shows that it stays within
 * the tolerance, or when there are enough samples for a shift by one standard deviation to be found and none is.
 */
final class CompareJudge {

    /** From here on a difference is more than negligible (Vargha and Delaney's measure). */
    private static final double NOTICEABLE = 0.56;

    /** The shares of the level that the tests have; together 1. */
    private static final double RANKS = 0.5;

    private static final double TAIL = 0.25;
    private static final double OCCURRENCES = 0.25;

    private final Gate.Compare gate;
    private final Look look;

    CompareJudge(Gate.Compare gate, Look look) {
        this.gate = gate;
        this.look = look;
    }

    Ruling judge(Samples stable, Samples canary) {
        if (stable.isEmpty()) {
            return Ruling.hold("there are no samples of the stable version to compare with");
        }
        if (look.beyondPlan()) {
            return Ruling.hold("all planned looks have been taken: another one would exceed the false-positive rate");
        }
        Needs needs = Needs.at(look.share() * RANKS);
        int fewer = Math.min(stable.size(), canary.size());
        if (fewer < needs.least()) {
            return Ruling.hold("few samples: " + sizes(stable, canary) + "; a false-positive rate of "
                    + Ruling.percent(look.rate()) + " over " + look.planned()
                    + (look.planned() == 1 ? " look" : " looks") + " takes at least " + needs.least() + " of each");
        }
        boolean negated = gate.direction() == Direction.HIGHER_IS_BETTER;
        return new Figures(stable.sorted(negated), canary.sorted(negated)).ruling(needs, fewer);
    }

    private static String sizes(Samples stable, Samples canary) {
        return canary.size() + " of the canary, " + stable.size() + " of the stable version";
    }

    /** Sorted, the larger value being the worse one. */
    private final class Figures {

        private final double[] stable;
        private final double[] canary;
        /** The canary less what it may be worse by. */
        private final double[] allowed;

        private final double effect;

        Figures(double[] stable, double[] canary) {
            this.stable = stable;
            this.canary = canary;
            double margin = Math.min(gate.tolerance() * Math.abs(median(stable)), Double.MAX_VALUE);
            this.allowed = new double[canary.length];
            for (int i = 0; i < canary.length; i++) {
                allowed[i] = Math.max(canary[i] - margin, -Double.MAX_VALUE);
            }
            this.effect = WorseTests.effect(allowed, stable);
        }

        Ruling ruling(Needs needs, int fewer) {
            double worse = WorseTests.ranks(allowed, stable, AlternativeHypothesis.GREATER_THAN);
            if (worse <= look.share() * RANKS && effect >= NOTICEABLE) {
                return Ruling.fail("worse by more than the tolerance: " + said() + ", p " + number(worse));
            }
            double tail = WorseTests.tails(allowed, stable);
            if (tail <= look.share() * TAIL) {
                return Ruling.fail("worse in the tail: " + WorseTests.inTail(allowed, stable) + " of the "
                        + WorseTests.tail(allowed.length + stable.length) + " worst samples are the canary's, p "
                        + number(tail) + "; " + said());
            }
            if (gate.direction() == Direction.LOWER_IS_BETTER) {
                double occurrences = WorseTests.occurrences(allowed, stable);
                if (occurrences <= look.share() * OCCURRENCES) {
                    return Ruling.fail("more often above zero: " + counts() + ", p " + number(occurrences));
                }
            }
            return notWorse(needs, fewer);
        }

        private Ruling notWorse(Needs needs, int fewer) {
            if (sparse() && moreOften()) {
                return Ruling.hold("not shown to be worse, and not to be as good: " + counts());
            }
            if (effect >= NOTICEABLE) {
                return Ruling.hold("looks worse, which may be chance: " + said());
            }
            int wanted = gate.sampling().samples();
            if (fewer < wanted) {
                return Ruling.hold(
                        "few samples: " + fewer + " of the " + wanted + " that the contract asks for; " + said());
            }
            double within = WorseTests.ranks(allowed, stable, AlternativeHypothesis.LESS_THAN);
            if (within <= look.share()) {
                return Ruling.pass("within the tolerance: " + said() + ", p " + number(within));
            }
            if (fewer >= needs.enough()) {
                return Ruling.pass("no difference in " + fewer + " samples, and " + needs.enough()
                        + " are enough to find a shift by one standard deviation in four of five cases: " + said()
                        + (sparse() ? "; " + counts() : ""));
            }
            return Ruling.hold("not shown to be within the tolerance, and fewer samples than the " + needs.enough()
                    + " that would find a shift by one standard deviation in four of five cases: " + said());
        }

        /** Whether the stable version mostly reports nothing. */
        private boolean sparse() {
            return gate.direction() == Direction.LOWER_IS_BETTER && stable[0] >= 0 && median(stable) == 0;
        }

        private boolean moreOften() {
            double canaryShare = (double) WorseTests.aboveZero(canary) / canary.length;
            double stableShare = (double) WorseTests.aboveZero(stable) / stable.length;
            return canaryShare > stableShare * (1 + gate.tolerance());
        }

        private String counts() {
            return "above zero in " + WorseTests.aboveZero(canary) + " of " + canary.length + " samples of the canary, "
                    + WorseTests.aboveZero(stable) + " of " + stable.length + " of the stable version";
        }

        private String said() {
            double sign = gate.direction() == Direction.HIGHER_IS_BETTER ? -1 : 1;
            return "median " + number(sign * median(canary)) + " against " + number(sign * median(stable))
                    + ", tolerance " + Ruling.percent(gate.tolerance()) + ", effect " + number(effect);
        }
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
    }
}
