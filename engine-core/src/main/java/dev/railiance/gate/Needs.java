package dev.railiance.gate;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many samples of each version a comparison needs.
 *
 * @param least below which not even the clearest difference could be told from chance
 * @param enough from which a shift by one standard deviation is found with a probability of 80 %
 */
record Needs(int least, int enough) {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double POWER = 0.8;

    /** The probability that one of two normal values is the larger one when its mean is larger by a standard deviation. */
    private static final double ONE_SIGMA = NORMAL.cumulativeProbability(Math.sqrt(0.5));

    /** At this level of the rank test. */
    static Needs at(double level) {
        double z = NORMAL.inverseSurvivalProbability(level) + NORMAL.inverseCumulativeProbability(POWER);
        // Noether's formula for two samples of equal size.
        double enough = Math.ceil(z * z / (6 * (ONE_SIGMA - 0.5) * (ONE_SIGMA - 0.5)));
        int least = least(level);
        return new Needs(least, Math.max(least, (int) Math.min(enough, Integer.MAX_VALUE)));
    }

    /** The smallest n for which one of the (2n over n) orders is rarer than the level. */
    private static int least(double level) {
        double orders = 1;
        int n = 0;
        while (1 / orders > level) {
            n++;
            orders = orders * (4.0 * n - 2) / n;
        }
        return n;
    }
}
