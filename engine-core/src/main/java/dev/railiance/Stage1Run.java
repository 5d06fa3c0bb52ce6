package dev.railiance;

import dev.railiance.approval.SignersFile;
import dev.railiance.contract.AppContract;
import dev.railiance.contract.Contract;
import dev.railiance.contract.ContractReader;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.Fence;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.StatusRow;
import dev.railiance.projection.LedgerView;
import dev.railiance.projection.Query;
import dev.railiance.projection.RunResult;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.Attempt;
import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand.OpenPromotion;
import dev.railiance.promotion.PromotionCommand.RecordValidation;
import dev.railiance.promotion.PromotionCommand.StartValidation;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Rules;
import dev.railiance.promotion.Step;
import dev.railiance.promotion.Target;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import dev.railiance.source.SourceInspection;
import dev.railiance.source.SourceInspector;
import dev.railiance.stage1.LocalValidation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Stage 1 as a whole: intent, effect, outcome. The ledger is open only around the first and the last. */
final class Stage1Run {

    private final EngineParts parts;

    Stage1Run(EngineParts parts) {
        this.parts = parts;
    }

    Outcome<RunResult> carryOut(RunRequest request) {
        if (!Files.isDirectory(request.repository())) {
            return Outcome.notDone(new Failure(
                    Code.REPOSITORY_NOT_FOUND,
                    "the repository is not a directory: " + request.repository(),
                    "railiance run --repo DIR"));
        }
        return switch (new ContractReader().read(request.contract(), request.repository())) {
            case Contract.Invalid invalid -> Outcome.notDone(ContractFailures.of(invalid));
            case Contract.Valid valid -> withSource(request, valid);
        };
    }

    private Outcome<RunResult> withSource(RunRequest request, Contract.Valid valid) {
        var inspector = new SourceInspector(parts.processes(), parts.settings().environment());
        return switch (inspector.inspect(
                request.repository(), valid.contract().source().exclude(), request.cancellation())) {
            case SourceInspection.Unavailable unavailable ->
                Outcome.notDone(new Failure(Code.SOURCE_UNAVAILABLE, unavailable.message(), unavailable.hint()));
            case SourceInspection.Inspected inspected ->
                withPromotion(
                        request,
                        valid,
                        promotion(
                                request.repository(),
                                valid,
                                ContractFacts.artifact(valid.contract(), inspected.source())));
        };
    }

    /** The promotion of this artifact under this contract: the one that is open, or a new one. */
    private PromotionId promotion(Path repository, Contract.Valid valid, Artifact artifact) {
        // Loaded before others have to wait for the ledger.
        parts.engine().prepare();
        try {
            return currentOrNew(repository, valid, artifact);
        } catch (LedgerException e) {
            if (e.kind() != LedgerException.Kind.CONFLICT) {
                throw e;
            }
            // Somebody else was faster to open it: now it is the open one.
            return currentOrNew(repository, valid, artifact);
        }
    }

    private PromotionId currentOrNew(Path repository, Contract.Valid valid, Artifact artifact) {
        Target target = ContractFacts.target(valid.contract());
        try (LedgerSession session = parts.ledger().open()) {
            return session.current(target, artifact.digest().value(), valid.digest())
                    .map(StatusRow::promotion)
                    .orElseGet(() -> opened(session, repository, valid, artifact));
        }
    }

    private PromotionId opened(LedgerSession session, Path repository, Contract.Valid valid, Artifact artifact) {
        AppContract contract = valid.contract();
        Target target = ContractFacts.target(contract);
        Rules rules = ContractFacts.rules(contract);
        Optional<KeptDocument> signers =
                SignersFile.read(repository, contract.approval().signers());
        Optional<Digest> signersDigest = signers.map(KeptDocument::digest).map(Digest::new);
        var view = new LedgerView(Optional.of(session), new Lazy<>(EventCodec::new)::get);
        return parts.engine()
                .openPromotion(
                        new OpenPromotion(
                                parts.identities().promotion(),
                                target,
                                artifact,
                                new Digest(valid.digest()),
                                rules,
                                signersDigest,
                                ProductionRules.mandate(
                                        view, target, rules, Optional.of(contract.freeze()), signersDigest)),
                        Stream.concat(Stream.of(new KeptDocument(valid.digest(), valid.text())), signers.stream())
                                .toArray(KeptDocument[]::new));
    }

    private Outcome<RunResult> withPromotion(RunRequest request, Contract.Valid valid, PromotionId id) {
        Optional<Ledger.Lease> lease = parts.ledger().lease(id);
        if (lease.isEmpty()) {
            return Outcome.notDone(EngineFailures.busy(id, parts.ledger().leaseholder(id)));
        }
        try (Ledger.Lease held = lease.get()) {
            var attempt = new Attempt(
                    parts.identities().attempt(),
                    parts.settings().host(),
                    ProcessHandle.current().pid());
            return start(id, attempt, held.fence())
                    .then(started -> finish(request, valid, id, attempt.id(), held.fence()));
        }
    }

    /** Records the intent; an attempt whose process died without a word is closed first. */
    private Outcome<PromotionId> start(PromotionId id, Attempt attempt, Fence fence) {
        try (LedgerSession session = parts.ledger().open()) {
            return state(id)
                    .then(promotion -> closed(promotion, fence))
                    .then(promotion -> parts.engine().handle(promotion, new StartValidation(attempt), fence))
                    .then(started -> Outcome.done(id));
        }
    }

    private Outcome<PromotionId> closed(Promotion promotion, Fence fence) {
        PromotionId id = promotion.id();
        Optional<AttemptId> abandoned = promotion.attempt().map(Attempt::id);
        return abandoned.isEmpty()
                ? Outcome.done(id)
                : parts.engine()
                        .handle(id, new RecordValidation(abandoned.get(), ABANDONED), fence)
                        .then(done -> Outcome.done(id));
    }

    private static final ValidationReport ABANDONED = ValidationReport.errored(new Step(
            "previous run",
            Step.Kind.PREREQUISITE,
            Verdict.ERRORED,
            Duration.ZERO,
            Optional.of("its process ended without recording an outcome")));

    private Outcome<RunResult> finish(
            RunRequest request, Contract.Valid valid, PromotionId id, AttemptId attempt, Fence fence) {
        var validation = new LocalValidation(
                parts.processes(),
                parts.settings()
                        .charts()
                        .map(charts -> charts.create(
                                parts.processes(), parts.settings().environment())),
                parts.settings().environment(),
                System::nanoTime);
        ValidationReport report = validation.validate(
                request.repository(),
                valid.contract().stage1(),
                request.cancellation(),
                request.listener(),
                request.output());
        Outcome<RunResult> recorded = record(id, attempt, report, fence);
        for (int more = 0; more < patience(recorded) && !request.cancellation().isCancelled(); more++) {
            recorded = record(id, attempt, report, fence);
        }
        return recorded;
    }

    /**
     * How often a validation that has ended is tried to be recorded again: it may have taken half an hour, and a ledger that
     * somebody else keeps, or whose server starts anew, can soon be had again.
     */
    private static int patience(Outcome<RunResult> recorded) {
        if (!(recorded instanceof Outcome.NotDone<RunResult> not)) {
            return 0;
        }
        return switch (not.failure().code()) {
            // Each try waits for seconds by itself.
            case LEDGER_BUSY -> 24;
            case LEDGER_UNAVAILABLE -> pausedASecond() ? 20 : 0;
            default -> 0;
        };
    }

    private static boolean pausedASecond() {
        try {
            Thread.sleep(1_000);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Records the outcome and reads the result in one session, so that what was recorded is also answered. */
    private Outcome<RunResult> record(PromotionId id, AttemptId attempt, ValidationReport report, Fence fence) {
        try (LedgerSession session = parts.ledger().open()) {
            return parts.engine()
                    .handle(id, new RecordValidation(attempt, report), fence)
                    .then(recorded -> parts.engine().query(Query.runResult(id)));
        } catch (LedgerException e) {
            return Outcome.notDone(EngineFailures.of(e));
        }
    }

    private Outcome<Promotion> state(PromotionId id) {
        return parts.engine().query(view -> Outcome.done(Promotion.of(view.events(id))));
    }
}
