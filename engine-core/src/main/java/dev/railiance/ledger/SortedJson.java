package dev.railiance.ledger;

/**
 * JSON as Jackson writes it: keys sorted, no white space, strings escaped no more than they must be. From the canonical form
 * (RFC 8785) it may differ in numbers that are no small integers and in the case of {@code \u001F}.
 */
final class SortedJson {

    /** Every integer of so many digits is one that a double can hold, and is written with all of them. */
    private static final int SAFE_DIGITS = 15;

    private SortedJson() {}

    /** Whether the text is in canonical form as it stands; false where that would take a closer look. */
    static boolean isCanonical(String json) {
        int at = 0;
        while (at < json.length()) {
            char c = json.charAt(at);
            if (c == '"') {
                at = afterString(json, at);
            } else if (c == '-') {
                return false;
            } else if (isDigit(c)) {
                at = afterInteger(json, at);
            } else {
                at++;
            }
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    /** The place after a string; -1 if it may be escaped otherwise in canonical form. */
    private static int afterString(String json, int quote) {
        for (int at = quote + 1; at < json.length(); at++) {
            char c = json.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            if (c == '\\') {
                at++;
                if (at == json.length() || json.charAt(at) == 'u') {
                    return -1;
                }
            } else if (Character.isSurrogate(c)) {
                return -1;
            }
        }
        return -1;
    }

    /** The place after a number; -1 if it is no integer, or one that a double may not hold. */
    private static int afterInteger(String json, int first) {
        int at = first;
        while (at < json.length() && isDigit(json.charAt(at))) {
            at++;
        }
        boolean fraction = at < json.length() && (json.charAt(at) == '.' || (json.charAt(at) | 0x20) == 'e');
        return fraction || at - first > SAFE_DIGITS ? -1 : at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
