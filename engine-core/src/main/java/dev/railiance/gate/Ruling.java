package dev.railiance.gate;

import dev.railiance.promotion.GateEvaluation.Result;
import java.math.BigDecimal;
import java.math.MathContext;

/** A verdict and why. */
record Ruling(Result verdict, String reason) {

    private static final MathContext DIGITS = new MathContext(3);

    static Ruling pass(String reason) {
        return new Ruling(Result.PASS, reason);
    }

    static Ruling fail(String reason) {
        return new Ruling(Result.FAIL, reason);
    }

    static Ruling hold(String reason) {
        return new Ruling(Result.HOLD, reason);
    }

    /** A finite number to three digits, the same in every country. */
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toString();
    }

    static String percent(double share) {
        return number(share * 100) + " %";
    }
}
