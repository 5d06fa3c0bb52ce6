package dev.railiance.ledger;

import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.*;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The stored types: a literal name, the version that is written today, and the class that it is read into. Names are never
 * renamed and versions never change their meaning; an older version is brought up to date by {@link Upcasters}.
 */
enum EventType {
    OPENED("promotion.opened", 3, PromotionOpened.class),
    VALIDATION_STARTED("validation.started", 1, ValidationStarted.class),
    VALIDATED("promotion.validated", 1, PromotionValidated.class),
    VALIDATION_FAILED("promotion.validation-failed", 1, ValidationFailed.class),
    VALIDATION_ERRORED("promotion.validation-errored", 1, ValidationErrored.class),
    CANARY_DEPLOY_STARTED("canary.deploy-started", 1, CanaryDeployStarted.class),
    CANARY_DEPLOYED("promotion.canary-deployed", 1, CanaryDeployed.class),
    CANARY_DEPLOY_FAILED("canary.deploy-failed", 1, CanaryDeployFailed.class),
    WEIGHT_STARTED("canary.weight-started", 1, WeightStarted.class),
    WEIGHT_CHANGED("canary.weight-changed", 2, WeightChanged.class),
    WEIGHT_FAILED("canary.weight-failed", 1, WeightFailed.class),
    GATE_EVALUATED("gate.evaluated", 1, GateEvaluated.class),
    GATES_PASSED("promotion.gates-passed", 1, GatesPassed.class),
    GATES_REVOKED("gates.revoked", 1, GatesRevoked.class),
    APPROVAL_GRANTED("approval.granted", 3, ApprovalGranted.class),
    APPROVAL_WITHDRAWN("approval.withdrawn", 2, ApprovalWithdrawn.class),
    APPROVED("promotion.approved", 1, PromotionApproved.class),
    APPROVAL_REVOKED("approval.revoked", 1, ApprovalRevoked.class),
    PROMOTE_STARTED("promotion.promote-started", 2, PromoteStarted.class),
    PROMOTED("promotion.promoted", 2, PromotionPromoted.class),
    PROMOTE_FAILED("promotion.promote-failed", 2, PromoteFailed.class),
    ROLLBACK_STARTED("promotion.rollback-started", 3, RollbackStarted.class),
    ROLLED_BACK("promotion.rolled-back", 1, PromotionRolledBack.class),
    ROLLBACK_INCOMPLETE("promotion.rollback-incomplete", 1, RollbackIncomplete.class),
    ABORTED("promotion.aborted", 1, PromotionAborted.class),
    SUPERSEDED("promotion.superseded", 1, PromotionSuperseded.class);

    private static final Map<String, EventType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(type -> type.storedName, type -> type));

    final String storedName;
    final int version;
    final Class<? extends PromotionEvent> eventClass;

    EventType(String storedName, int version, Class<? extends PromotionEvent> eventClass) {
        this.storedName = storedName;
        this.version = version;
        this.eventClass = eventClass;
    }

    static EventType of(PromotionEvent event) {
        for (EventType type : values()) {
            if (type.eventClass == event.getClass()) {
                return type;
            }
        }
        throw new IllegalStateException("no stored type for " + event.getClass().getSimpleName());
    }

    static EventType of(String storedName) {
        EventType type = BY_NAME.get(storedName);
        if (type != null) {
            return type;
        }
        throw new LedgerException(
                LedgerException.Kind.FUTURE_VERSION, "the ledger holds an event type that this version does not know");
    }
}
