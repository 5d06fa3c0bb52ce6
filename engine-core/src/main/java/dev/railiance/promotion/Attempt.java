package dev.railiance.promotion;

/**
 * An attempt and who carries it out.
 *
 * @param id the attempt
 * @param host name of the machine that it runs on
 * @param pid the process there
 */
public record Attempt(AttemptId id, String host, long pid) {

    /** For people: {@code process 4711 on build-3}. */
    public String holder() {
        return "process " + pid + " on " + host;
    }
}
