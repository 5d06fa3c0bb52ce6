package dev.railiance.gate;

/**
 * Which look at a gate this is. The false-positive rate of a gate is shared evenly among its planned looks, so that it holds
 * over all of them together, however much they have in common.
 *
 * @param number from 1; a comparison beyond the plan has no share of the rate left
 * @param planned at least 1
 * @param rate how often, at most, a canary as good as the stable version fails in any of the looks; above 0, below 1
 */
public record Look(int number, int planned, double rate) {

    /** The rate where nobody says otherwise. */
    public static final double USUAL_RATE = 0.05;

    public Look {
        if (number < 1 || planned < 1 || !(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("no such look: " + number + " of " + planned + " at " + rate);
        }
    }

    /** A look at the usual rate. */
    public static Look of(int number, int planned) {
        return new Look(number, planned, USUAL_RATE);
    }

    /** What one look may use of the rate. */
    double share() {
        return rate / planned;
    }

    boolean beyondPlan() {
        return number > planned;
    }
}
