package dev.railiance.source;

/** What came of looking at a source. */
public sealed interface SourceInspection {

    /** The source is known. */
    record Inspected(Source source) implements SourceInspection {}

    /**
     * The source could not be determined.
     *
     * @param message what is wrong, one line, without output of a command
     * @param hint what to do about it, one line
     */
    record Unavailable(Reason reason, String message, String hint) implements SourceInspection {}

    /** Why a source could not be determined. */
    enum Reason {
        /** The directory is missing or not a directory. */
        NO_DIRECTORY,
        /** This is a git repository, but there is no git program on PATH. */
        GIT_MISSING,
        /** git refuses a repository that belongs to another user. */
        GIT_NOT_TRUSTED,
        /** git could not read the repository, or took too long. */
        GIT_FAILED,
        /** A file could not be read, or changed while it was read. */
        UNREADABLE,
        /** An exclude pattern is not a glob. */
        BAD_PATTERN,
        /** The caller cancelled. */
        CANCELLED
    }
}
