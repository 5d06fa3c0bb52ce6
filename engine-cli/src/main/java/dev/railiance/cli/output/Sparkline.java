package dev.railiance.cli.output;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/** Samples as a line of bars, the newest at the right, with their range. */
final class Sparkline {

    /** Columns that the numbers behind the bars take at most. */
    static final int NUMBERS = 30;

    private static final String BARS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private static final String PLAIN = "_.:-=+*#";
    private static final MathContext DIGITS = new MathContext(3);

    private Sparkline() {}

    /**
     * The line; empty where there are no samples.
     *
     * @param scale all samples that are to be compared by eye
     * @param room for the bars, in columns
     */
    static Optional<String> of(List<Double> samples, List<Double> scale, int room, Terminal terminal) {
        if (samples.isEmpty() || room < 1) {
            return Optional.empty();
        }
        double low = scale.stream()
                .filter(Double::isFinite)
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(0);
        double high = scale.stream()
                .filter(Double::isFinite)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        String bars = terminal.unicode() ? BARS : PLAIN;
        var line = new StringBuilder();
        List<Double> newest = samples.subList(Math.max(0, samples.size() - room), samples.size());
        for (double sample : newest) {
            line.append(Double.isFinite(sample) ? bar(bars, sample, low, high) : '?');
        }
        return Optional.of(line + "  " + number(low) + " to " + number(high) + ", last " + number(samples.getLast()));
    }

    private static char bar(String bars, double sample, double low, double high) {
        // Halves, so that the difference of two very large numbers stays finite.
        double span = high / 2 - low / 2;
        int height = span <= 0 ? 0 : (int) Math.round((sample / 2 - low / 2) / span * (bars.length() - 1));
        return bars.charAt(height);
    }

    private static String number(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toString()
                : Double.toString(value);
    }
}
