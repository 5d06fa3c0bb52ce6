package dev.railiance.promotion;

import java.util.regex.Pattern;

/** A promotion's identity: a UUID in lower case, time-ordered (version 7 of RFC 9562) when the engine made it. */
public record PromotionId(String value) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    public PromotionId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a promotion id: a UUID in lower case is wanted");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
