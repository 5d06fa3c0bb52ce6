package dev.railiance.promotion;

/** What can be asked of a promotion, or reported to it. Each trigger records one type of event. */
public enum Trigger {
    OPEN("run", "promotion.opened"),
    START_VALIDATION("run", "validation.started"),
    PASS_VALIDATION("run", "promotion.validated"),
    FAIL_VALIDATION("run", "promotion.validation-failed"),
    ERROR_VALIDATION("run", "promotion.validation-errored"),
    APPROVE_CANARY("approve --stage 2", "approval.granted"),
    START_CANARY("deploy --stage 2 --apply", "canary.deploy-started"),
    COMPLETE_CANARY("deploy --stage 2 --apply", "promotion.canary-deployed"),
    FAIL_CANARY("deploy --stage 2 --apply", "canary.deploy-failed"),
    START_WEIGHT("deploy --stage 2 --apply", "canary.weight-started"),
    CHANGE_WEIGHT("deploy --stage 2 --apply", "canary.weight-changed"),
    FAIL_WEIGHT("deploy --stage 2 --apply", "canary.weight-failed"),
    EVALUATE_GATE("observe --live", "gate.evaluated"),
    PASS_GATES("observe --live", "promotion.gates-passed"),
    REVOKE_GATES("observe --live", "gates.revoked"),
    GRANT_APPROVAL("approve --stage 3", "approval.granted"),
    APPROVE("approve --stage 3", "promotion.approved"),
    WITHDRAW_APPROVAL("approve --withdraw", "approval.withdrawn"),
    REVOKE_APPROVAL("approve --withdraw", "approval.revoked"),
    START_PROMOTE("promote --apply", "promotion.promote-started"),
    COMPLETE_PROMOTE("promote --apply", "promotion.promoted"),
    FAIL_PROMOTE("promote --apply", "promotion.promote-failed"),
    APPROVE_ROLLBACK("approve --rollback", "approval.granted"),
    START_ROLLBACK("rollback --apply, abort --apply", "promotion.rollback-started"),
    COMPLETE_ROLLBACK("rollback --apply", "promotion.rolled-back"),
    FAIL_ROLLBACK("rollback --apply", "promotion.rollback-incomplete"),
    ABORT("abort", "promotion.aborted"),
    SUPERSEDE("promote --apply", "promotion.superseded");

    private final String verb;
    private final String event;

    Trigger(String verb, String event) {
        this.verb = verb;
        this.event = event;
    }

    /** The command line that leads to this trigger, without {@code railiance}. */
    public String verb() {
        return verb;
    }

    /** The name of the event that is recorded, as the ledger's readers know it. */
    public String event() {
        return event;
    }
}
