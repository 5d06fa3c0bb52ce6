package dev.railiance.source;

import dev.railiance.source.SourceInspection.Reason;
import dev.railiance.source.SourceInspection.Unavailable;

/** Carries the reason up to the inspector, which makes a value of it. */
final class SourceUnavailable extends Exception {

    private final transient Unavailable unavailable;

    SourceUnavailable(Reason reason, String message, String hint) {
        super(message, null, false, false);
        this.unavailable = new Unavailable(reason, message, hint);
    }

    Unavailable unavailable() {
        return unavailable;
    }

    static SourceUnavailable cancelled() {
        return new SourceUnavailable(Reason.CANCELLED, "looking at the source was cancelled", "run the command again");
    }

    static SourceUnavailable unreadable(FileName name) {
        return new SourceUnavailable(
                Reason.UNREADABLE,
                "the file " + name + " could not be read",
                "make it readable, or keep it out of the source");
    }
}
