package dev.railiance.promotion;

/** What ids and digests look like. By hand, since a history of a million events has several millions of them. */
final class Form {

    private static final int UUID_LENGTH = 36;
    private static final int MOST_IN_LABEL = 63;

    private Form() {}

    /** Whether this is a UUID in lower case. */
    static boolean uuid(String value) {
        if (value.length() != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? value.charAt(i) != '-' : !hex(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether all from an index on are hexadecimal digits in lower case. */
    static boolean hex(String value, int from) {
        for (int i = from; i < value.length(); i++) {
            if (!hex(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether this is a label of DNS (RFC 1123): 1 to 63 lower-case letters, digits and inner hyphens. */
    static boolean label(String value) {
        int last = value.length() - 1;
        if (last < 0 || last >= MOST_IN_LABEL || value.charAt(0) == '-' || value.charAt(last) == '-') {
            return false;
        }
        for (int i = 0; i <= last; i++) {
            char c = value.charAt(i);
            if (c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z')) {
                return false;
            }
        }
        return true;
    }

    private static boolean hex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
}
