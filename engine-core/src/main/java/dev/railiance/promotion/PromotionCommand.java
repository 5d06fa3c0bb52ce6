package dev.railiance.promotion;

import java.util.List;
import java.util.Optional;

/** What can be asked of a promotion. Each command is decided under one {@link Trigger}. */
public sealed interface PromotionCommand {

    /** The trigger under which the command is decided. */
    Trigger trigger();

    /** The attempt that reports an outcome. */
    default Optional<AttemptId> attempt() {
        return Optional.empty();
    }

    /** The plan that the command is about. */
    default Optional<Digest> plan() {
        return Optional.empty();
    }

    /**
     * Begins a promotion.
     *
     * @param signers digest of the file that says whose signatures count
     * @param mandate the approval rules that hold instead of its own
     */
    record OpenPromotion(
            PromotionId id,
            Target target,
            Artifact artifact,
            Digest contract,
            Rules rules,
            Optional<Digest> signers,
            Optional<Mandate> mandate)
            implements PromotionCommand {

        /** One that knows no signers, under its own rules. */
        public OpenPromotion(PromotionId id, Target target, Artifact artifact, Digest contract, Rules rules) {
            this(id, target, artifact, contract, rules, Optional.empty(), Optional.empty());
        }

        @Override
        public Trigger trigger() {
            return Trigger.OPEN;
        }
    }

    /** Announces that Stage 1 is about to be carried out. */
    record StartValidation(Attempt started) implements PromotionCommand {
        @Override
        public Trigger trigger() {
            return Trigger.START_VALIDATION;
        }
    }

    /** Reports what Stage 1 found. A report in which nothing was checked counts as an error. */
    record RecordValidation(AttemptId reporter, ValidationReport report) implements PromotionCommand {
        @Override
        public Trigger trigger() {
            return switch (report.verdict()) {
                case PASSED -> Trigger.PASS_VALIDATION;
                case FAILED -> Trigger.FAIL_VALIDATION;
                case ERRORED, SKIPPED -> Trigger.ERROR_VALIDATION;
            };
        }

        @Override
        public Optional<AttemptId> attempt() {
            return Optional.of(reporter);
        }
    }

    /** Announces that the canary is about to be deployed. */
    record StartCanary(Attempt started, Digest planned) implements PromotionCommand {
        @Override
        public Trigger trigger() {
            return Trigger.START_CANARY;
        }

        @Override
        public Optional<Digest> plan() {
            return Optional.of(planned);
        }
    }

    /** Reports that the canary is ready. */
    record CompleteCanary(AttemptId reporter, Release release) implements PromotionCommand {
        @Override
        public Trigger trigger() {
            return Trigger.COMPLETE_CANARY;
        }

        @Override
        public Optional<AttemptId> attempt() {
            return Optional.of(reporter);
        }
    }

    /** Reports that the canary did not come up and nothing of it is left. */
    record FailCanary(AttemptId reporter, String reason) implements PromotionCommand {
        @Override
        public Trigger trigger() {
            return Trigger.FAIL_CANARY;
        }

        @Override
        public Optional<AttemptId> attempt() {
            return Optional.of(reporter);
        }
    }

    /**
     * Announces that the canary is about to get this share of the traffic, in percent.
     *
     * @param found what it had instead of what is recorded, where somebody else had changed it
     */
    record StartWeight(Attempt started, int weight, Optional<TrafficShare> found) implements PromotionCommand {
        @Override
        public Trigger trigger() {
            return Trigger.START_WEIGHT;
        }
    }

    /**
     * Reports the share of traffic, in percent, that the canary now gets.
     *
     * @param reporter the attempt that changed it; empty where it was found so
     * @param actual what was read back
     */
    record ChangeWeight(Optional<AttemptId> reporter, int weight, Optional<TrafficShare> actual)
            implements PromotionCommand {

        /** The report of a share that was found. */
        public ChangeWeight(int weight) {
            this(Optional.empty(), weight, Optional.empty());
        }

        @Override
        public Trigger trigger() {
            return Trigger.CHANGE_WEIGHT;
        }

        @Override
        public Optional<AttemptId> attempt() {
            return reporter;
        }
    }

    /** Reports that the canary's share could not be changed, or is not known to be what it should. */
    record FailWeight(AttemptId reporter, String reason) implements PromotionCommand {
        @Override
        public Trigger trigger() {
            return Trigger.FAIL_WEIGHT;
        }

        @Override
        public Optional<AttemptId> attempt() {
            return Optional.of(reporter);
        }
    }

    /** Reports one look at one gate. */
    record EvaluateGate(GateEvaluation evaluation) implements PromotionCommand {
        @Override
        public Trigger trigger() {
            return Trigger.EVALUATE_GATE;
        }
    }

    /** Asks whether the gates let the promotion through. */
    record PassGates() implements PromotionCommand {
        @Override
        public Trigger trigger() {
            return Trigger.PASS_GATES;
        }
    }

    /** Takes passed gates back. */
    record RevokeGates(String reason) implements PromotionCommand {
        @Override
        public Trigger trigger() {
            return Trigger.REVOKE_GATES;
        }
    }

    /** Gives one person's approval, its signature already verified where it has one. */
    record GrantApproval(Approval approval) implements PromotionCommand {
        @Override
        public Trigger trigger() {
            return switch (approval.scope()) {
                case STAGE2 -> Trigger.APPROVE_CANARY;
                case STAGE3 -> Trigger.GRANT_APPROVAL;
                case ROLLBACK -> Trigger.APPROVE_ROLLBACK;
            };
        }

        @Override
        public Optional<Digest> plan() {
            return Optional.of(approval.plan());
        }
    }

    /** Asks whether the approvals allow production. */
    record ApprovePromotion(Optional<Digest> plan) implements PromotionCommand {
        @Override
        public Trigger trigger() {
            return Trigger.APPROVE;
        }
    }

    /** Takes the acting person's approvals back. */
    record WithdrawApproval(String reason, Optional<Proof> proof) implements PromotionCommand {

        /** Without a statement. */
        public WithdrawApproval(String reason) {
            this(reason, Optional.empty());
        }

        @Override
        public Trigger trigger() {
            return Trigger.WITHDRAW_APPROVAL;
        }
    }

    /** Takes the permission for production back, where the approvals no longer reach the quorum. */
    record RevokeApproval(String reason) implements PromotionCommand {
        @Override
        public Trigger trigger() {
            return Trigger.REVOKE_APPROVAL;
        }
    }

    /**
     * Announces that production is about to be changed.
     *
     * @param previous the release that is replaced, of revision 0 where there is none
     */
    record StartPromote(Attempt started, Digest planned, Optional<Release> previous) implements PromotionCommand {

        /** Without a word on what is replaced. */
        public StartPromote(Attempt started, Digest planned) {
            this(started, planned, Optional.empty());
        }

        @Override
        public Trigger trigger() {
            return Trigger.START_PROMOTE;
        }

        @Override
        public Optional<Digest> plan() {
            return Optional.of(planned);
        }
    }

    /**
     * Reports that production runs the artifact.
     *
     * @param gates the last look at each gate of Stage 3
     */
    record CompletePromote(AttemptId reporter, Release release, List<GateEvaluation> gates)
            implements PromotionCommand {

        public CompletePromote {
            gates = List.copyOf(gates);
        }

        /** Where the contract declares no gate for it. */
        public CompletePromote(AttemptId reporter, Release release) {
            this(reporter, release, List.of());
        }

        @Override
        public Trigger trigger() {
            return Trigger.COMPLETE_PROMOTE;
        }

        @Override
        public Optional<AttemptId> attempt() {
            return Optional.of(reporter);
        }
    }

    /**
     * Reports that production does not run the artifact as it should.
     *
     * @param rollback the attempt under which an automatic rollback begins, where the contract declares one
     * @param gates the last look at each gate of Stage 3, where it came to that
     */
    record FailPromote(AttemptId reporter, String reason, Attempt rollback, List<GateEvaluation> gates)
            implements PromotionCommand {

        public FailPromote {
            gates = List.copyOf(gates);
        }

        /** Before any gate was looked at. */
        public FailPromote(AttemptId reporter, String reason, Attempt rollback) {
            this(reporter, reason, rollback, List.of());
        }

        @Override
        public Trigger trigger() {
            return Trigger.FAIL_PROMOTE;
        }

        @Override
        public Optional<AttemptId> attempt() {
            return Optional.of(reporter);
        }
    }

    /**
     * Announces that the previous state is about to be restored.
     *
     * @param revision of the release that somebody asked for; the recorded one where empty
     * @param plan of the rollback; without one nobody can have approved it
     */
    record StartRollback(
            Attempt started, boolean automatic, String reason, Optional<Integer> revision, Optional<Digest> plan)
            implements PromotionCommand {

        /** To what is recorded, where nobody must approve. */
        public StartRollback(Attempt started, boolean automatic, String reason) {
            this(started, automatic, reason, Optional.empty(), Optional.empty());
        }

        @Override
        public Trigger trigger() {
            return Trigger.START_ROLLBACK;
        }
    }

    /** Reports that the previous state was proven restored. */
    record CompleteRollback(AttemptId reporter) implements PromotionCommand {
        @Override
        public Trigger trigger() {
            return Trigger.COMPLETE_ROLLBACK;
        }

        @Override
        public Optional<AttemptId> attempt() {
            return Optional.of(reporter);
        }
    }

    /** Reports that the previous state is not restored, and which objects differ. */
    record FailRollback(AttemptId reporter, List<String> differences) implements PromotionCommand {
        public FailRollback {
            differences = List.copyOf(differences);
        }

        @Override
        public Trigger trigger() {
            return Trigger.FAIL_ROLLBACK;
        }

        @Override
        public Optional<AttemptId> attempt() {
            return Optional.of(reporter);
        }
    }

    /** Gives up a promotion of which nothing is deployed. */
    record AbortPromotion(String reason) implements PromotionCommand {
        @Override
        public Trigger trigger() {
            return Trigger.ABORT;
        }
    }

    /** Reports that a newer promotion of the same target is in production. */
    record SupersedePromotion(PromotionId successor) implements PromotionCommand {
        @Override
        public Trigger trigger() {
            return Trigger.SUPERSEDE;
        }
    }
}
