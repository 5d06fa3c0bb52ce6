package dev.railiance.contract;

/**
 * Who the application is.
 *
 * @param name a DNS-1123 label of at most 45 characters
 * @param title for people; the name where the contract gives none
 */
public record AppIdentity(String name, String title, Kind kind, Criticality criticality) {

    /** Whether the source is the team's own or an upstream project's that the repository overlays. */
    public enum Kind {
        NATIVE,
        THIRD_PARTY
    }

    /** How much depends on the application: a critical one needs a signed approval at Stage 3. */
    public enum Criticality {
        STANDARD,
        CRITICAL
    }
}
