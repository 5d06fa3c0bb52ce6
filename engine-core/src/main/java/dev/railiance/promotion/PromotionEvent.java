package dev.railiance.promotion;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** What happened to a promotion: recorded once, never changed. */
public sealed interface PromotionEvent {

    /** When it was recorded, in UTC. */
    Instant at();

    /** Who acted. */
    Actor by();

    /** The trigger that led to it. */
    Trigger trigger();

    /** The event's name in the ledger, without its version. */
    default String type() {
        return trigger().event();
    }

    /**
     * The promotion of an artifact began, under these rules.
     *
     * @param signers digest of the file that says whose signatures count
     * @param mandate the approval rules that hold instead of its own
     */
    record PromotionOpened(
            Instant at,
            Actor by,
            PromotionId id,
            Target target,
            Artifact artifact,
            Digest contract,
            Rules rules,
            Optional<Digest> signers,
            Optional<Mandate> mandate)
            implements PromotionEvent {

        /** One that knows no signers, under its own rules. */
        public PromotionOpened(
                Instant at, Actor by, PromotionId id, Target target, Artifact artifact, Digest contract, Rules rules) {
            this(at, by, id, target, artifact, contract, rules, Optional.empty(), Optional.empty());
        }

        @Override
        public Trigger trigger() {
            return Trigger.OPEN;
        }
    }

    /** Stage 1 is about to be carried out. */
    record ValidationStarted(Instant at, Actor by, Attempt attempt) implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return Trigger.START_VALIDATION;
        }
    }

    /** Stage 1 passed. */
    record PromotionValidated(Instant at, Actor by, AttemptId attempt, ValidationReport report)
            implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return Trigger.PASS_VALIDATION;
        }
    }

    /** A check of Stage 1 said no. */
    record ValidationFailed(Instant at, Actor by, AttemptId attempt, ValidationReport report)
            implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return Trigger.FAIL_VALIDATION;
        }
    }

    /** Stage 1 could not be carried out to its end. */
    record ValidationErrored(Instant at, Actor by, AttemptId attempt, ValidationReport report)
            implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return Trigger.ERROR_VALIDATION;
        }
    }

    /** The canary is about to be deployed. */
    record CanaryDeployStarted(Instant at, Actor by, Attempt attempt, Digest plan) implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return Trigger.START_CANARY;
        }
    }

    /** The canary is ready. */
    record CanaryDeployed(Instant at, Actor by, AttemptId attempt, Release release) implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return Trigger.COMPLETE_CANARY;
        }
    }

    /** The canary did not come up; nothing of it is left. */
    record CanaryDeployFailed(Instant at, Actor by, AttemptId attempt, String reason) implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return Trigger.FAIL_CANARY;
        }
    }

    /** The canary is about to get this share of the traffic, in percent; {@code found} is what somebody else had made of it. */
    record WeightStarted(Instant at, Actor by, Attempt attempt, int weight, Optional<TrafficShare> found)
            implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return Trigger.START_WEIGHT;
        }
    }

    /** The canary gets this share of the traffic, in percent. Looks at the gates begin anew. */
    record WeightChanged(Instant at, Actor by, Optional<AttemptId> attempt, int weight, Optional<TrafficShare> actual)
            implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return Trigger.CHANGE_WEIGHT;
        }
    }

    /** The canary's share of the traffic could not be changed, or is not known to be what it should. */
    record WeightFailed(Instant at, Actor by, AttemptId attempt, String reason) implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return Trigger.FAIL_WEIGHT;
        }
    }

    /** A gate was looked at. */
    record GateEvaluated(Instant at, Actor by, GateEvaluation evaluation) implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return Trigger.EVALUATE_GATE;
        }
    }

    /** Every required gate passed. */
    record GatesPassed(Instant at, Actor by, SortedSet<String> gates) implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return Trigger.PASS_GATES;
        }
    }

    /** A gate that had passed does no longer. */
    record GatesRevoked(Instant at, Actor by, String reason) implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return Trigger.REVOKE_GATES;
        }
    }

    /** One person approved one plan. */
    record ApprovalGranted(Instant at, Actor by, Approval approval) implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return new PromotionCommand.GrantApproval(approval).trigger();
        }
    }

    /** One person took all approvals back. */
    record ApprovalWithdrawn(Instant at, Actor by, String reason, Optional<Proof> proof) implements PromotionEvent {

        /** Taken back without a statement. */
        public ApprovalWithdrawn(Instant at, Actor by, String reason) {
            this(at, by, reason, Optional.empty());
        }

        @Override
        public Trigger trigger() {
            return Trigger.WITHDRAW_APPROVAL;
        }
    }

    /** Production is allowed, by these people; by nobody where the contract asks for no approval. */
    record PromotionApproved(Instant at, Actor by, Optional<Digest> plan, List<Actor> approvers)
            implements PromotionEvent {
        public PromotionApproved {
            approvers = List.copyOf(approvers);
        }

        @Override
        public Trigger trigger() {
            return Trigger.APPROVE;
        }
    }

    /** Production is no longer allowed. */
    record ApprovalRevoked(Instant at, Actor by, String reason) implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return Trigger.REVOKE_APPROVAL;
        }
    }

    /**
     * Production is about to be changed.
     *
     * @param previous the release that is replaced, of revision 0 where there is none; not known of old events
     */
    record PromoteStarted(Instant at, Actor by, Attempt attempt, Digest plan, Optional<Release> previous)
            implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return Trigger.START_PROMOTE;
        }
    }

    /** Production runs the artifact; {@code gates} is the last look at each gate of Stage 3. */
    record PromotionPromoted(Instant at, Actor by, AttemptId attempt, Release release, List<GateEvaluation> gates)
            implements PromotionEvent {
        public PromotionPromoted {
            gates = List.copyOf(gates);
        }

        @Override
        public Trigger trigger() {
            return Trigger.COMPLETE_PROMOTE;
        }
    }

    /** Production does not run the artifact as it should; {@code gates} where it came to look at them. */
    record PromoteFailed(Instant at, Actor by, AttemptId attempt, String reason, List<GateEvaluation> gates)
            implements PromotionEvent {
        public PromoteFailed {
            gates = List.copyOf(gates);
        }

        @Override
        public Trigger trigger() {
            return Trigger.FAIL_PROMOTE;
        }
    }

    /**
     * The previous state is about to be restored.
     *
     * @param revision the one that somebody asked for, if anybody did
     * @param plan the plan of it, which must be approved where the contract asks for that; not known of old events
     */
    record RollbackStarted(
            Instant at,
            Actor by,
            Attempt attempt,
            boolean automatic,
            String reason,
            Optional<Integer> revision,
            Optional<Digest> plan)
            implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return Trigger.START_ROLLBACK;
        }
    }

    /** The previous state was proven restored. */
    record PromotionRolledBack(Instant at, Actor by, AttemptId attempt) implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return Trigger.COMPLETE_ROLLBACK;
        }
    }

    /** The previous state is not restored: these objects differ. */
    record RollbackIncomplete(Instant at, Actor by, AttemptId attempt, List<String> differences)
            implements PromotionEvent {
        public RollbackIncomplete {
            differences = List.copyOf(differences);
        }

        @Override
        public Trigger trigger() {
            return Trigger.FAIL_ROLLBACK;
        }
    }

    /** The promotion was given up before anything was deployed. */
    record PromotionAborted(Instant at, Actor by, String reason) implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return Trigger.ABORT;
        }
    }

    /** A newer promotion of the same target is in production. */
    record PromotionSuperseded(Instant at, Actor by, PromotionId successor) implements PromotionEvent {
        @Override
        public Trigger trigger() {
            return Trigger.SUPERSEDE;
        }
    }
}
