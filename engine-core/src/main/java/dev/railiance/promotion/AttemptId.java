package dev.railiance.promotion;

import java.util.regex.Pattern;

/** One try at something outside the ledger: from the intent that is recorded before it to the outcome after it. */
public record AttemptId(String value) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    public AttemptId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not an attempt id: a UUID in lower case is wanted");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
