package dev.railiance.approval;

import dev.railiance.approval.ApproveRequest.Act;
import dev.railiance.approval.ApproveRequest.Means;
import dev.railiance.approval.Authentication.Proven;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.StatusRow;
import dev.railiance.projection.Query;
import dev.railiance.promotion.Actor;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.Approval.Scope;
import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionCommand;
import dev.railiance.promotion.PromotionCommand.GrantApproval;
import dev.railiance.promotion.PromotionCommand.WithdrawApproval;
import dev.railiance.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Has a person's word recorded: made and signed here, or brought from elsewhere. What is not proven is not recorded. */
public final class Approving {

    private final Registrar registrar;
    private final ApproveRequest request;
    private final Instant now;

    /** Of what is asked for, at the engine's time. */
    public Approving(Registrar registrar, ApproveRequest request) {
        this.registrar = registrar;
        this.request = request;
        this.now = registrar.now().truncatedTo(ChronoUnit.MICROS);
    }

    /** Records it. */
    public Outcome<ApprovalResult> carryOut() {
        return ground().then(ground -> switch (request.means()) {
            case Means.Nothing nothing -> Outcome.notDone(nothingToShow(ground));
            case Means.Unsigned unsigned -> unsigned(ground);
            case Means.Key key ->
                Authentication.under(ground, request.repository(), now)
                        .then(authentication -> signed(ground, authentication, key.file()));
            case Means.Brought brought ->
                Authentication.under(ground, request.repository(), now)
                        .then(authentication -> brought(ground, authentication, brought));
        });
    }

    /**
     * The statement, to be signed elsewhere; nothing is recorded.
     *
     * @param approver by a name of the signers file
     */
    public Outcome<ApprovalStatement> statement(String approver) {
        return ground().then(ground -> Authentication.under(ground, request.repository(), now)
                .then(authentication ->
                        authentication.named(approver).then(name -> drafted(ground, authentication, name))));
    }

    /** The name under which the holder of a key would approve. */
    public Outcome<String> approver(Path key) {
        return ground().then(ground -> Authentication.under(ground, request.repository(), now)
                .then(authentication -> authentication.holder(key, scope())));
    }

    private Outcome<Ground> ground() {
        return registrar
                .query(request.promotion().map(Query::status).orElseGet(Query::latestStatus))
                .then(row -> ground(row));
    }

    private Outcome<Ground> ground(StatusRow row) {
        return registrar.query(view -> Outcome.done(Ground.of(view, row.promotion(), text -> registrar.policy(text))));
    }

    private Optional<Scope> scope() {
        return request.act() instanceof Act.Approve approve ? Optional.of(approve.scope()) : Optional.empty();
    }

    private Outcome<ApprovalStatement> drafted(Ground ground, Authentication authentication, String approver) {
        var drafting = new Drafting(ground, authentication.trusted().digest(), now);
        return reason().then(reason -> switch (request.act()) {
            case Act.Withdraw withdraw -> Outcome.done(drafting.withdrawal(approver, reason));
            case Act.Approve approve ->
                plan(ground, approve)
                        .then(plan -> Outcome.done(drafting.approval(approve.scope(), plan, approver, reason)));
        });
    }

    private Outcome<ApprovalResult> signed(Ground ground, Authentication authentication, Path file) {
        return authentication
                .holder(file, scope())
                .then(approver -> drafted(ground, authentication, approver))
                .then(statement -> registrar
                        .key(file)
                        .then(key -> key.sign(statement.bytes(), ApprovalStatement.NAMESPACE))
                        .then(signed -> ssh(signed, file))
                        .then(signature -> proven(ground, authentication, statement, signature)));
    }

    private static Outcome<byte[]> ssh(SigningKey.Signed signed, Path file) {
        return signed.ssh()
                ? Outcome.done(signed.bytes())
                : Outcome.notDone(new Failure(
                        Code.KEY_UNUSABLE,
                        "an approval is signed with an OpenSSH key, and " + file + " is none",
                        "ssh-keygen -t ed25519"));
    }

    private Outcome<ApprovalResult> brought(Ground ground, Authentication authentication, Means.Brought brought) {
        return bytes(brought.statement())
                .then(said -> ApprovalStatement.read(said)
                        .<Outcome<ApprovalStatement>>map(Outcome::done)
                        .orElseGet(() -> Outcome.notDone(new Failure(
                                Code.STATEMENT_INVALID,
                                "not a statement as railiance approve --print writes it: " + brought.statement(),
                                "railiance help approve"))))
                .then(statement -> bytes(brought.signature())
                        .then(signature -> proven(ground, authentication, statement, signature)));
    }

    private static Outcome<byte[]> bytes(Path file) {
        try {
            return Files.size(file) <= ApprovalStatement.LARGEST
                    ? Outcome.done(Files.readAllBytes(file))
                    : Outcome.notDone(unreadable(file));
        } catch (IOException e) {
            return Outcome.notDone(unreadable(file));
        }
    }

    private static Failure unreadable(Path file) {
        return new Failure(
                Code.STATEMENT_INVALID,
                "no file that can be read as a statement or its signature: " + file,
                "railiance help approve");
    }

    private Outcome<ApprovalResult> proven(
            Ground ground, Authentication authentication, ApprovalStatement statement, byte[] signature) {
        var examination = new Examination(ground, now);
        return authentication
                .proven(statement, signature, scope())
                .then(proven -> examination
                        .about(statement, scope(), authentication.trusted().digest())
                        .then(about -> switch (request.act()) {
                            case Act.Withdraw withdraw ->
                                examination.withdrawal(about).then(said -> withdrawn(ground, said, proven));
                            case Act.Approve approve ->
                                examination
                                        .approval(about, approve.scope(), approve.plan(), proven.aliases())
                                        .then(said -> granted(ground, approve.scope(), said, proven));
                        }));
    }

    private Outcome<ApprovalResult> granted(Ground ground, Scope scope, ApprovalStatement statement, Proven proven) {
        var approval = new Approval(
                scope,
                new Digest(statement.planDigest().orElseThrow()),
                new Actor(statement.approver()),
                statement.expires().orElseThrow(),
                true,
                statement.reason(),
                Optional.of(proven.proof()),
                statement.freeze(),
                statement.gateDigest().map(Digest::new));
        return recorded(ground, new GrantApproval(approval), registrar.actor(), Optional.of(proven), "granted");
    }

    private Outcome<ApprovalResult> withdrawn(Ground ground, ApprovalStatement statement, Proven proven) {
        return recorded(
                ground,
                new WithdrawApproval(statement.reason(), Optional.of(proven.proof())),
                new Actor(statement.approver()),
                Optional.of(proven),
                "withdrawn");
    }

    private Outcome<ApprovalResult> unsigned(Ground ground) {
        return reason().then(reason -> switch (request.act()) {
            case Act.Withdraw withdraw ->
                ground.promotion().approvals().stream()
                                .anyMatch(approval ->
                                        approval.signed() && approval.approver().equals(registrar.actor()))
                        ? Outcome.notDone(nothingToShow(ground))
                        : recorded(
                                ground, new WithdrawApproval(reason), registrar.actor(), Optional.empty(), "withdrawn");
            case Act.Approve approve ->
                ground.promotion().mustSign(approve.scope())
                        ? Outcome.notDone(nothingToShow(ground))
                        : plan(ground, approve)
                                .then(plan -> recorded(
                                        ground,
                                        new GrantApproval(new Approval(
                                                approve.scope(),
                                                plan,
                                                registrar.actor(),
                                                now.plus(ground.rule(approve.scope())
                                                        .validFor()),
                                                false,
                                                reason,
                                                Optional.empty(),
                                                new Drafting(ground, "", now).freeze(),
                                                Optional.of(GateDigests.of(ground.history())
                                                        .current()))),
                                        registrar.actor(),
                                        Optional.empty(),
                                        "granted"));
        });
    }

    private Outcome<ApprovalResult> recorded(
            Ground ground, PromotionCommand command, Actor by, Optional<Proven> proven, String outcome) {
        return explained(
                        ground,
                        registrar.record(
                                ground.id(),
                                command,
                                by,
                                Stream.concat(
                                                proven.map(Proven::documents).orElse(List.of()).stream(),
                                                parts(ground, command).stream())
                                        .toList()))
                .then(decision -> registrar.query(view -> Outcome.done(ApprovalResult.of(
                        Ground.of(view, ground.id(), text -> registrar.policy(text)),
                        command,
                        by,
                        decision instanceof Decision.Unchanged ? "unchanged" : outcome,
                        now))));
    }

    /** Who may approve is what somebody wants to know who may not. */
    private static Outcome<Decision> explained(Ground ground, Outcome<Decision> decided) {
        if (!(decided instanceof Outcome.NotDone<Decision> not)) {
            return decided;
        }
        return switch (not.failure().code()) {
            case NOT_AN_APPROVER, REQUESTER_EXCLUDED, APPROVAL_MISSING ->
                Outcome.notDone(new Failure(
                        not.failure().code(), not.failure().message(), "railiance approvals " + ground.id()));
            default -> decided;
        };
    }

    private Outcome<Digest> plan(Ground ground, Act.Approve approve) {
        if (approve.plan().isPresent()) {
            return Outcome.done(approve.plan().get());
        }
        return registrar.plan(approve.scope(), ground.id()).then(plan -> Outcome.done(plan.digest()));
    }

    /** What the approved plan consists of, where it is the one that can be made here. */
    private List<KeptDocument> parts(Ground ground, PromotionCommand command) {
        return command instanceof GrantApproval grant
                        && registrar.plan(grant.approval().scope(), ground.id())
                                instanceof Outcome.Done<Registrar.Planned> planned
                        && planned.value().digest().equals(grant.approval().plan())
                ? planned.value().parts().stream().toList()
                : List.of();
    }

    private Outcome<String> reason() {
        return request.reason()
                .filter(reason -> !reason.isBlank())
                .<Outcome<String>>map(Outcome::done)
                .orElseGet(() -> Outcome.notDone(
                        new Failure(Code.USAGE, "a reason is wanted: --reason TEXT", "railiance help approve")));
    }

    private Failure nothingToShow(Ground ground) {
        String what = scope().map(scope -> "--" + flag(scope)).orElse("--withdraw")
                + (request.act() instanceof Act.Approve approve
                        ? approve.plan().map(plan -> " --plan " + plan).orElse("")
                        : "");
        boolean must = scope().map(ground.promotion()::mustSign).orElse(true);
        return new Failure(
                Code.SIGNATURE_MISSING,
                "promotion " + ground.id() + ": "
                        + (must
                                ? "this must be signed"
                                : "it must be shown who says it: with a signature, or --unsigned"),
                "railiance approve " + ground.id() + " " + what + " --key ~/.ssh/id_ed25519 --reason TEXT");
    }

    static String flag(Scope scope) {
        return switch (scope) {
            case STAGE2 -> "stage 2";
            case STAGE3 -> "stage 3";
            case ROLLBACK -> "rollback";
        };
    }
}
