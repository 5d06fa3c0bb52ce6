package dev.railiance.process;

/** A word as people can paste it into a shell; the engine itself never uses one. */
public final class ShellWord {

    private ShellWord() {}

    /** The word itself where a shell takes it as it stands, otherwise in single quotes. */
    public static String of(String word) {
        return isPlain(word) ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static boolean isPlain(String word) {
        for (int at = 0; at < word.length(); at++) {
            char c = word.charAt(at);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && "/._-+:@%".indexOf(c) < 0) {
                return false;
            }
        }
        return !word.isEmpty();
    }
}
