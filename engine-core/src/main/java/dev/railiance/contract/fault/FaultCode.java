package dev.railiance.contract.fault;

import java.util.Locale;

/** Everything that can be wrong with a contract. The ids are stable: documents and suppressions rely on them. */
public enum FaultCode {
    FILE_ABSENT("There is no file at this place."),
    FILE_NOT_REGULAR("Something else than a regular file is at this place."),
    FILE_UNREADABLE("The file cannot be read."),
    FILE_TOO_LARGE("The file is larger than any contract is."),
    NOT_TEXT("The file is not text."),
    NOT_UTF8("The file is not UTF-8."),
    SYNTAX("The text is not TOML."),
    UNKNOWN_SCHEMA("The contract's version is not known to this program."),
    UNKNOWN_KEY("The contract knows no such key at this place."),
    MISSING_KEY("A key that is required is missing."),
    WRONG_TYPE("A value is of another type than its key wants."),
    NOT_ALLOWED("A value is none of those that its key allows."),
    WRONG_FORM("A text has not the form that its key wants."),
    OUT_OF_RANGE("A number is too small or too large."),
    WRONG_LENGTH("A list or text is too short, too long or has duplicates."),
    SCHEMA("The contract does not follow its schema."),
    TOO_MANY_FAULTS("There are more faults than are reported."),
    PLAINTEXT_SECRET("A secret stands in the file instead of a reference to it."),
    PATH_OUTSIDE("A path leaves the repository."),
    DURATION_TOO_LONG("A duration is longer than a year."),
    PORT_OUT_OF_RANGE("An address has a port that cannot be."),
    DUPLICATE_NAME("Two entries of one list have the same name."),
    UPSTREAM_NEEDED("A third-party application does not say what its upstream is."),
    IMAGE_NEEDED("A third-party application with a chart of its own does not say what its image is."),
    DIGEST_NEEDED("An image that must be pinned has no digest."),
    CHART_NEEDED("Helm is to deploy, but there is no chart."),
    COMMANDS_NEEDED("Commands are to do it, but there are none."),
    ROUTER_MODE("Router and mode do not go together."),
    STEPS_NEEDED("A weighted rollout has no steps."),
    WEIGHTS_RISE("The weights of a rollout do not rise from step to step."),
    SCORE_ORDER("A score warns above the mark at which it passes."),
    PROMETHEUS_NEEDED("A gate queries a metric, but there is nowhere to query it."),
    PROMETHEUS_ACCESS("What is said about the way to Prometheus does not fit its address, or cannot be done."),
    GATE_QUERY("A gate's query cannot tell the canary from the stable version."),
    ROLLBACK_TOOL("The rollback needs another tool than the one that deploys."),
    CRITICAL_APPROVAL("A critical application can reach production without a signed approval."),
    QUORUM_TOO_LARGE("More people must approve than may."),
    SIGNERS_UNREADABLE("Approvals are signed, but the signers file cannot be read."),
    UNKNOWN_APPROVER("Somebody may approve whose key is in no line of the signers file."),
    FREEZE_NAME("The name of a freeze window has a comma: approvals list the names with commas between them."),
    FREEZE_WINDOW("A freeze window has no time, or no duration."),
    UNKNOWN_ZONE("A time zone is not in the IANA database."),
    FREEZE_OVERRIDE("A freeze window is easier to override than an approval is to get, or impossible to."),
    NOTIFICATION_ADDRESS("A notification goes to an address that cannot be, or that shows a user."),
    NOTIFICATION_UNENCRYPTED("A notification crosses a network unencrypted.", Severity.WARNING),
    HOLD_TOO_SHORT("A step is held for a shorter time than a gate needs to take its samples.", Severity.WARNING),
    NO_REQUIRED_GATE("No gate of the canary can stop it.", Severity.WARNING);

    private final String title;
    private final Severity severity;

    FaultCode(String title) {
        this(title, Severity.ERROR);
    }

    FaultCode(String title, Severity severity) {
        this.title = title;
        this.severity = severity;
    }

    /** As documents write it, for example {@code unknown-key}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is wrong, as one sentence. */
    public String title() {
        return title;
    }

    /** How bad it is. */
    public Severity severity() {
        return severity;
    }
}
