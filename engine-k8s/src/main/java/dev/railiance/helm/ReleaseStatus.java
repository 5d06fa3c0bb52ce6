package dev.railiance.helm;

import java.util.Locale;

/** What Helm says of a revision. */
public enum ReleaseStatus {
    DEPLOYED,
    SUPERSEDED,
    FAILED,
    UNINSTALLED,
    UNINSTALLING,
    PENDING_INSTALL,
    PENDING_UPGRADE,
    PENDING_ROLLBACK,
    /** Helm's own word, and every word that we do not know. */
    UNKNOWN;

    static ReleaseStatus of(String word) {
        for (ReleaseStatus status : values()) {
            if (status.word().equals(word)) {
                return status;
            }
        }
        return UNKNOWN;
    }

    /** As Helm writes it, for instance {@code pending-upgrade}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether an operation is under way, or died halfway: until that is cleared Helm refuses to change the release. */
    public boolean isPending() {
        return this == PENDING_INSTALL || this == PENDING_UPGRADE || this == PENDING_ROLLBACK;
    }
}
