package dev.railiance.contract.rule;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Recognizes a secret by what it looks like. */
final class SecretShape {

    private static final int SHORTEST_RANDOM = 32;
    private static final double LEAST_ENTROPY = 4.0;
    private static final double LEAST_CHANGES = 0.4;

    private record Known(String what, Pattern pattern) {}

    // Every repetition has a limit where a long line could otherwise make the search quadratic.
    private static final List<Known> KNOWN = List.of(
            known("a private key", "-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY"),
            known("a JSON web token", "\\beyJ[A-Za-z0-9_-]{8,500}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*"),
            known("an AWS access key", "\\b(AKIA|ASIA)[0-9A-Z]{16}\\b"),
            known("a GitHub token", "\\b(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})"),
            known("a GitLab token", "\\bglpat-[A-Za-z0-9_-]{20,}"),
            known("a Slack token", "\\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
            known("a Google API key", "\\bAIza[0-9A-Za-z_-]{35}"),
            known("a Stripe key", "\\b[sr]k_(live|test)_[A-Za-z0-9]{16,}"),
            known("a webhook secret", "\\bwhsec_[A-Za-z0-9+/]{16,}"),
            known("an npm token", "\\bnpm_[A-Za-z0-9]{30,}"),
            known("a Vault token", "\\bhv[sbr]\\.[A-Za-z0-9_-]{20,}"),
            known("an age key", "\\bAGE-SECRET-KEY-1[0-9A-Z]{20,}"),
            known("an address with a password", "[a-z][a-z0-9+.-]{0,20}://[^\\s/?#:@]{0,200}:[^\\s/?#@]{1,500}@"),
            known("a bearer token", "(?i)\\bauthorization:\\s*(bearer|basic)\\s+\\S{6,}"),
            known("a password as an argument", "^--?(password|passwd|token|secret|api[-_]?key|private[-_]?key)=.+"));

    /** Not text that a person would choose: no word boundary helps to tell it from a token. */
    private static final Pattern RANDOM = Pattern.compile("[A-Za-z0-9_+=-]{" + SHORTEST_RANDOM + ",}");

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{40,}={0,2}");
    private static final Pattern WORD = Pattern.compile("[a-z]{6}");
    private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private SecretShape() {}

    private static Known known(String what, String regex) {
        return new Known(what, Pattern.compile(regex));
    }

    /** What kind of secret is in the text, of those that have a form of their own. */
    static Optional<String> known(String text) {
        return KNOWN.stream()
                .filter(known -> known.pattern().matcher(text).find())
                .map(Known::what)
                .findFirst();
    }

    /** What kind of secret is in the text; guesses also by randomness. */
    static Optional<String> of(String text) {
        Optional<String> known = known(text);
        if (known.isPresent()) {
            return known;
        }
        boolean random = RANDOM.matcher(text).results().anyMatch(part -> isRandom(part.group()));
        boolean encoded = BASE64.matcher(text).matches()
                && isRandom(text)
                && !WORD.matcher(text).find();
        return random || encoded ? Optional.of("a long random value") : Optional.empty();
    }

    private static boolean isRandom(String text) {
        // Names and paths change from letters to digits to capitals rarely, and hexadecimal digests have no capitals.
        return !UUID.matcher(text).matches()
                && text.chars().anyMatch(Character::isDigit)
                && text.chars().anyMatch(Character::isUpperCase)
                && text.chars().anyMatch(Character::isLowerCase)
                && changes(text) >= LEAST_CHANGES
                && entropy(text) >= LEAST_ENTROPY;
    }

    /** How often the kind of character changes, from 0 to 1. */
    private static double changes(String text) {
        int changes = 0;
        for (int i = 1; i < text.length(); i++) {
            changes += kind(text.charAt(i)) == kind(text.charAt(i - 1)) ? 0 : 1;
        }
        return (double) changes / (text.length() - 1);
    }

    private static int kind(char c) {
        return Character.isDigit(c) ? 1 : Character.isUpperCase(c) ? 2 : Character.isLowerCase(c) ? 3 : 4;
    }

    /** Shannon entropy in bits for each character. */
    private static double entropy(String text) {
        int[] counts = new int[128];
        text.chars().forEach(c -> counts[c & 127]++);
        double bits = 0;
        for (int count : counts) {
            double share = (double) count / text.length();
            bits -= count == 0 ? 0 : share * Math.log(share) / Math.log(2);
        }
        return bits;
    }
}
