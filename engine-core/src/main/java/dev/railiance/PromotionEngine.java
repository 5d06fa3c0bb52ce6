package dev.railiance;

import dev.railiance.approval.ApprovalResult;
import dev.railiance.approval.ApprovalStatement;
import dev.railiance.approval.Approvals;
import dev.railiance.approval.ApproveRequest;
import dev.railiance.approval.Approving;
import dev.railiance.audit.Audit;
import dev.railiance.audit.RebuildResult;
import dev.railiance.axon.Judgement;
import dev.railiance.axon.Promotions;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.Fence;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.SharedLocation;
import dev.railiance.ledger.h2.H2Ledger;
import dev.railiance.ledger.postgresql.PostgresLedger;
import dev.railiance.metric.EngineMetrics;
import dev.railiance.metric.ForgivingMetrics;
import dev.railiance.metric.Measurement;
import dev.railiance.process.ProcessTrees;
import dev.railiance.process.Processes;
import dev.railiance.projection.AbortResult;
import dev.railiance.projection.LedgerView;
import dev.railiance.projection.Query;
import dev.railiance.projection.RunResult;
import dev.railiance.projection.Stage2DeployResult;
import dev.railiance.projection.Stage2ObserveResult;
import dev.railiance.projection.Stage3PromoteResult;
import dev.railiance.projection.Stage3RollbackResult;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Decider;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.ImpossibleHistory;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.OpenPromotion;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Verdict;
import dev.railiance.signature.SigningKey;
import dev.railiance.statemachine.SpringTransitions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The promotion engine, and the one way into it: commands change promotions, queries look at them, and {@link #run} carries
 * out Stage 1. What went wrong is a value in the outcome; an exception is a bug. Safe for use by several threads.
 *
 * <p>Everything is made when it is first needed: an engine that is only asked for a status loads neither the state machine
 * nor the command bus.
 */
public final class PromotionEngine implements AutoCloseable {

    private final Ledger ledger;
    private final Lazy<Processes> processes = new Lazy<>(ProcessTrees::open);
    private final EngineSettings settings;
    private final EngineMetrics metrics;
    private final Lazy<Identities> identities;
    // A reference to the constructor would load the codec, and Jackson with it, for those who only ask for a status.
    private final Lazy<EventCodec> codec = new Lazy<>(() -> new EventCodec());
    private final Lazy<Promotions> promotions;
    private final CommandFacts facts;
    private final Notifications notifications;

    private PromotionEngine(EngineSettings settings) {
        this.settings = settings;
        this.metrics =
                settings.metrics().<EngineMetrics>map(ForgivingMetrics::new).orElse(EngineMetrics.NONE);
        this.ledger = ledger(settings.ledger());
        this.identities = new Lazy<>(() -> new Identities(settings.clock(), new SecureRandom()));
        this.facts = new CommandFacts(settings);
        this.notifications = new Notifications(ledger, codec::get, settings);
        this.promotions =
                new Lazy<>(() -> new Promotions(ledger, codec.get(), new Decider(new SpringTransitions()), metrics));
    }

    /** The driver of the store that is not used is never loaded. */
    private static Ledger ledger(LedgerLocation location) {
        return switch (location) {
            case LedgerLocation.Embedded embedded -> new H2Ledger(embedded);
            case SharedLocation shared -> new PostgresLedger(shared);
        };
    }

    /** An engine on the ledger at {@code location}, with what it needs taken from this process. Touches nothing yet. */
    public static PromotionEngine open(LedgerLocation location) {
        return open(EngineSettings.of(location));
    }

    /** An engine with settings of its own. Touches nothing yet. */
    public static PromotionEngine open(EngineSettings settings) {
        return new PromotionEngine(settings);
    }

    /**
     * Decides a command on a promotion and records what follows. When this returns {@link Decision.Accepted}, its events
     * survive the death of the process. No lease is claimed: the outcome of an attempt is recorded also while somebody else
     * works on the promotion, who is then told that his own comes too late. {@link #run} works under a lease.
     *
     * @return Accepted or Unchanged, or why not
     */
    public Outcome<Decision> handle(PromotionId promotion, PromotionCommand command) {
        return handle(promotion, command, Fence.NONE);
    }

    /** The same, under a lease: refused if somebody has taken the work over. */
    Outcome<Decision> handle(PromotionId promotion, PromotionCommand command, Fence fence) {
        return handle(promotion, command, fence, facts, List.of());
    }

    /** The same by a person, with documents that what follows refers to. */
    Outcome<Decision> record(PromotionId promotion, PromotionCommand command, Actor by, List<KeptDocument> documents) {
        return handle(promotion, command, Fence.NONE, new CommandFacts(settings.withActor(by)), documents);
    }

    private Outcome<Decision> handle(
            PromotionId promotion,
            PromotionCommand command,
            Fence fence,
            CommandFacts known,
            List<KeptDocument> documents) {
        return inLedger(() -> {
            // Loaded before others have to wait for the ledger.
            Promotions commanded = promotions.get();
            return new ObservedCommand(metrics, promotion, command.trigger())
                    .decided(() -> {
                        try (LedgerSession session = ledger.open()) {
                            LedgerView view = new LedgerView(Optional.of(session), codec::get);
                            Optional<Judgement> judged = commanded.handle(
                                    promotion, command, state -> known.of(view, state, command), fence, documents);
                            judged.filter(judgement -> judgement.decision() instanceof Decision.Accepted)
                                    .ifPresent(judgement -> notifications.recorded(session, judgement.before()));
                            return judged;
                        }
                    })
                    .map(judgement -> outcome(promotion, judgement))
                    .orElseGet(() -> Outcome.notDone(EngineFailures.unknown(promotion)));
        });
    }

    private static Outcome<Decision> outcome(PromotionId promotion, Judgement judgement) {
        return judgement.decision() instanceof Decision.Refused refused
                ? Outcome.notDone(
                        EngineFailures.of(refused.refusal(), judgement.before().phase(), promotion))
                : Outcome.done(judgement.decision());
    }

    /** Asks the ledger. One that does not exist yet answers as an empty one, and is not made. */
    public <T> Outcome<T> query(Query<T> query) {
        return new Stopwatch(metrics)
                .time(
                        () -> answer(query),
                        (answer, took) -> new Measurement.Query(
                                answer.filter(Outcome.Done.class::isInstance).isPresent(), took));
    }

    private <T> Outcome<T> answer(Query<T> query) {
        return inLedger(() -> {
            Optional<LedgerSession> session = ledger.openExisting();
            try {
                return query.answer(new LedgerView(session, codec::get));
            } finally {
                session.ifPresent(LedgerSession::close);
            }
        });
    }

    /**
     * Carries out Stage 1: opens the promotion of the repository's artifact or goes on with it, records the intent, validates,
     * and records what was found. The ledger is not held while commands run.
     *
     * @return the result, also of a validation that failed; or why there was none
     */
    public Outcome<RunResult> run(RunRequest request) {
        return new Stopwatch(metrics)
                .time(
                        () -> inLedger(() -> new Stage1Run(parts()).carryOut(request)),
                        (ended, took) -> new Measurement.Run(ended.flatMap(PromotionEngine::verdict), took));
    }

    /**
     * Plans Stage 2 or carries it out: the canary is deployed, or gets its next share of the traffic. The ledger is not held
     * while tools run; what was begun by a process that died is found out and carried on.
     *
     * @return the result, also of a plan that may not be carried out and of a rollout that failed; or why there is none
     */
    public Outcome<Stage2DeployResult> deploy(DeployRequest request) {
        return inLedger(() -> new Stage2Run(parts()).carryOut(request)).orHint(request.command());
    }

    /**
     * Plans a promotion to production or carries it out. Refused with {@link
     * dev.railiance.failure.Failure.Code#PLAN_CHANGED} before any tool is called where the plan is not the approved one; what
     * was begun by a process that died is found out and carried on.
     *
     * @return the result, also of a plan that may not be carried out and of a rollout that failed; or why there is none
     */
    public Outcome<Stage3PromoteResult> promote(PromoteRequest request) {
        return inLedger(() -> new PromoteRun(parts()).carryOut(request)).orHint(request.command());
    }

    /** Plans how what was in production before comes back, or brings it back and proves it. */
    public Outcome<Stage3RollbackResult> rollback(RollbackRequest request) {
        return inLedger(() -> new RollbackRun(parts()).carryOut(request)).orHint(request.command());
    }

    /** Says how a promotion would be given up, or gives it up and takes away what is deployed of it. */
    public Outcome<AbortResult> abort(AbortRequest request) {
        return inLedger(() -> new AbortRun(parts()).carryOut(request)).orHint(request.command());
    }

    /**
     * Says what a canary is judged by; live, also how it is now, and then its gates are looked at and what was seen is recorded,
     * unless another process does so.
     *
     * @return the result, also of a canary that failed; or why there is none
     */
    public Outcome<Stage2ObserveResult> observe(ObserveRequest request) {
        return inLedger(() -> new ObserveRun(parts()).carryOut(request)).orHint(request.command());
    }

    private static Optional<Verdict> verdict(Outcome<RunResult> ended) {
        return ended instanceof Outcome.Done<RunResult> done
                ? Optional.of(Verdict.valueOf(done.value().outcome().toUpperCase(Locale.ROOT)))
                : Optional.empty();
    }

    /** Asks for an audit: whether the ledger is what was written, and what of it leaves it or comes to it. */
    public <T> Outcome<T> audit(Function<Audit, Outcome<T>> work) {
        return inLedger(() -> work.apply(auditor()));
    }

    private Audit auditor() {
        return new Audit(ledger, codec.get(), settings.actor(), settings.clock(), text -> ContractPolicy.of(text));
    }

    /**
     * A key to sign with.
     *
     * @param file an Ed25519 private key in PEM, or an OpenSSH key
     */
    public Outcome<SigningKey> signingKey(Path file) {
        return SigningKey.read(file, processes::get, settings.environment());
    }

    private EngineParts parts() {
        return new EngineParts(this, ledger, processes.get(), settings, identities.get());
    }

    /** Records a person's approval, or that it is taken back; what is not proven to be his is refused. */
    public Outcome<ApprovalResult> approve(ApproveRequest request) {
        return inLedger(() -> approving(request).carryOut());
    }

    /**
     * The statement that an approver signs elsewhere; nothing is recorded.
     *
     * @param approver by a name of the signers file
     */
    public Outcome<ApprovalStatement> approvalStatement(ApproveRequest request, String approver) {
        return inLedger(() -> approving(request).statement(approver));
    }

    /** The name under which the holder of a key would approve. */
    public Outcome<String> approver(ApproveRequest request, Path key) {
        return inLedger(() -> approving(request).approver(key));
    }

    private Approving approving(ApproveRequest request) {
        return new Approving(new ApprovalDesk(this, settings, processes.get(), request.repository()), request);
    }

    /** Who may approve a promotion, who has, and what is missing; the one that changed last where none is named. */
    public Outcome<Approvals> approvals(Optional<String> promotion) {
        return query(Approvals.query(
                promotion, text -> ContractPolicy.of(text), settings.clock().instant()));
    }

    /** Loads what deciding needs. */
    void prepare() {
        promotions.get();
    }

    /** Opens a promotion, keeps the contract and what else it refers to, and returns its id. */
    PromotionId openPromotion(OpenPromotion command, KeptDocument... documents) {
        new ObservedCommand(metrics, command.id(), command.trigger()).opened(() -> {
            try (LedgerSession session = ledger.open()) {
                promotions.get().open(command, facts.opening(), List.of(documents));
            }
        });
        notifications.opened(command, List.of(documents));
        return command.id();
    }

    /** Says which status rows are not what the events say, and changes nothing. */
    public Outcome<RebuildResult> planRebuild() {
        return inLedger(() -> statusRebuild().plan());
    }

    /**
     * Makes every status row again from the events if one was lost or changed; nobody can append meanwhile.
     *
     * @return what came of it; {@link dev.railiance.failure.Failure.Code#LEDGER_TAMPERED} if the events are not what was
     *     written, and then nothing was done
     */
    public Outcome<RebuildResult> rebuild() {
        return inLedger(() -> statusRebuild().apply());
    }

    private StatusRebuild statusRebuild() {
        return new StatusRebuild(ledger, codec.get(), auditor());
    }

    /** Stops what still runs and closes the ledger. */
    @Override
    public void close() {
        notifications.close();
        processes.ifMade(Processes::close);
        // A reference to the method would load the command bus for those who never asked for it.
        promotions.ifMade(made -> made.close());
        ledger.close();
    }

    private static <T> Outcome<T> inLedger(Supplier<Outcome<T>> work) {
        try {
            return work.get();
        } catch (LedgerException e) {
            return Outcome.notDone(EngineFailures.of(e));
        } catch (ImpossibleHistory e) {
            return Outcome.notDone(EngineFailures.of(e));
        }
    }
}
