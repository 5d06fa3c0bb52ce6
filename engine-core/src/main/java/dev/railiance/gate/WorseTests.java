package dev.railiance.gate;

import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * Tests of whether a canary is worse, the larger value being the worse one. Each holds its level for samples that could be
 * exchanged for one another, whatever their distribution.
 */
final class WorseTests {

    /** The part of all samples, in either version, that the tail test looks at. */
    private static final double TAIL = 0.025;

    private WorseTests() {}

    /** How likely a value of the canary is larger than one of the stable version, ties counting half: 0.5 is alike. */
    static double effect(double[] canary, double[] stable) {
        return MannWhitneyUTest.withDefaults().statistic(canary, stable) / ((double) canary.length * stable.length);
    }

    /** The probability of ranks at least this bad ({@code GREATER_THAN}) or this good from versions that are alike. */
    static double ranks(double[] canary, double[] stable, AlternativeHypothesis alternative) {
        if (canary[0] == stable[0]
                && canary[canary.length - 1] == stable[stable.length - 1]
                && canary[0] == canary[canary.length - 1]) {
            return 1;
        }
        double p = MannWhitneyUTest.withDefaults()
                .with(alternative)
                .test(canary, stable)
                .getPValue();
        return Double.isNaN(p) ? 1 : p;
    }

    /** How many of the largest values are looked at for the tail. */
    static int tail(int samples) {
        return (int) Math.ceil(samples * TAIL);
    }

    /** How many of the largest values are the canary's. Of equal values the stable version's count as the larger ones. */
    static int inTail(double[] canary, double[] stable) {
        int left = tail(canary.length + stable.length);
        int own = canary.length - 1;
        int other = stable.length - 1;
        int found = 0;
        for (; left > 0; left--) {
            if (own >= 0 && (other < 0 || canary[own] > stable[other])) {
                own--;
                found++;
            } else {
                other--;
            }
        }
        return found;
    }

    /** The probability that at least as many of the largest values are the canary's. */
    static double tails(double[] canary, double[] stable) {
        int found = inTail(canary, stable);
        return fisher(found, canary.length, tail(canary.length + stable.length) - found, stable.length);
    }

    /** How many values are above zero. */
    static int aboveZero(double[] values) {
        int above = 0;
        for (double value : values) {
            above += value > 0 ? 1 : 0;
        }
        return above;
    }

    /** The probability that at least as many of all values above zero are the canary's. */
    static double occurrences(double[] canary, double[] stable) {
        return fisher(aboveZero(canary), canary.length, aboveZero(stable), stable.length);
    }

    private static double fisher(int canaryHits, int canary, int stableHits, int stable) {
        int hits = canaryHits + stableHits;
        if (hits == 0 || hits == canary + stable) {
            return 1;
        }
        int[][] table = {{canaryHits, canary - canaryHits}, {stableHits, stable - stableHits}};
        return FisherExactTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN)
                .test(table)
                .getPValue();
    }
}
